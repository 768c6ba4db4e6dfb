'use strict';

// Shows what /api/events says. Text from the program is only ever set as text, never as markup.
const LEVELS = {ok: 'good', nominal: 'good', degraded: 'warn', warn: 'warn', fail: 'bad', error: 'bad', failed: 'bad'};
const sensors = new Map();

function element(id) {
  return document.getElementById(id);
}

// Touches the document only when something is new, so that a screen reader is not told the same thing each second.
function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function badge(id, text, level) {
  const node = element(id);
  setText(node, text);
  node.className = `badge ${level || LEVELS[text] || ''}`;
}

function duration(seconds) {
  const whole = Math.floor(seconds);
  const two = value => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

// Rows are kept and only their texts changed: focus and selection stay where they are.
function fillTable(id, rows) {
  const body = element(id).tBodies[0];
  while (body.rows.length > rows.length) {
    body.deleteRow(-1);
  }
  rows.forEach((cells, index) => {
    const row = body.rows[index] || body.insertRow();
    cells.forEach((cell, column) => {
      let node = row.cells[column];
      if (!node) {
        node = document.createElement(column === 0 ? 'th' : 'td');
        if (column === 0) {
          node.scope = 'row';
        }
        row.append(node);
      }
      setText(node, String(cell.text));
      node.className = cell.style || '';
    });
  });
}

function number(value, style) {
  return {text: value.toLocaleString('en-GB'), style};
}

function loss(value) {
  return number(value, value > 0 ? 'bad' : '');
}

function streamCells(stream) {
  return [
    {text: stream.label},
    number(stream.heaps),
    {text: stream.heaps_per_second.toFixed(1)},
    {text: (stream.bytes_per_second * 8 / 1e9).toFixed(3)},
    number(stream.packets),
    loss(stream.missing_heaps),
    loss(stream.incomplete_heaps),
    loss(stream.refused_heaps),
    {text: stream.ended ? 'ended' : 'open', style: 'text'},
    {text: stream.place, style: 'text'},
  ];
}

function showStatus(status) {
  setText(element('program'), status.program);
  document.title = `${status.program}: ${status.state}`;
  badge('state', status.state);
  badge('device', status.device_status);
  setText(element('up'), duration(status.up_seconds));
  setText(element('dumps'), status.dumps.toLocaleString('en-GB'));
  setText(element('heap-rate'), status.total.heaps_per_second.toFixed(1));
  setText(element('bit-rate'), (status.total.bytes_per_second * 8 / 1e9).toFixed(3));
  setText(element('missing'), status.total.missing_heaps.toLocaleString('en-GB'));
  element('missing').className = status.total.missing_heaps > 0 ? 'bad' : '';
  const streams = status.streams.map(streamCells);
  fillTable('stream-table', status.streams.length > 1 ? [...streams, streamCells(status.total)] : streams);
  fillTable('queue-table', status.queues.map(queue =>
    [{text: queue.name}, number(queue.queued), number(queue.capacity), loss(queue.dropped)]));
  element('queues').hidden = status.queues.length === 0;
  telemetryHistory.add(status);
}

function sensorCells(sensor) {
  const time = sensor.unix_time > 0 ? new Date(sensor.unix_time * 1000).toISOString() : 'never';
  return [
    {text: sensor.name},
    {text: sensor.value},
    {text: sensor.unit, style: 'text'},
    {text: sensor.status, style: `text ${LEVELS[sensor.status] || ''}`},
    {text: time, style: 'text'},
    {text: sensor.description, style: 'text'},
  ];
}

function showSensor(sensor) {
  sensors.set(sensor.name, sensor);
  fillTable('sensor-table', [...sensors.values()].map(sensorCells));
  element('sensors').hidden = false;
}

function listen() {
  const events = new EventSource('api/events');
  events.addEventListener('open', () => badge('link', 'live', 'good'));
  // The browser tries again by itself, unless it was refused for good.
  events.addEventListener('error', () => {
    badge('link', 'no connection', 'bad');
    if (events.readyState === EventSource.CLOSED) {
      events.close();
      setTimeout(listen, 5000);
    }
  });
  events.addEventListener('status', event => showStatus(JSON.parse(event.data)));
  events.addEventListener('sensor', event => showSensor(JSON.parse(event.data)));
}

telemetryHistory.start();
listen();
