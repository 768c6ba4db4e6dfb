/**
 * The settings of both programs: declared once, read from one file, checked all at once, handed out as frozen records.
 *
 * <p>Lives here: the declarations (one file a group, next to the record it fills), the reader of configuration files,
 * the layering of defaults, file and command line, and the two pages made from the declarations: {@code --help} and
 * {@code docs/settings.md}. Not here: the command line itself, the opening of anything that a setting names, name look-up
 * of hosts, and the meaning of a setting beyond its own range. Nothing here is on the road of a packet. The loader is
 * used by one thread, the one that starts the program; everything it returns is immutable.
 *
 * <h2>What is ours, and what commons-configuration2 does</h2>
 *
 * <p>The files are those of Python's {@code configparser}, because that is what users of the original emulator have.
 * {@code INIConfiguration.read} differs from it where it hurts: it cuts values at {@code " ;"} and {@code " #"}, strips
 * quotes, makes a key of each continuation line, joins lines at a trailing backslash, keeps the case of keys, merges
 * sections and keys given twice, knows no {@code [DEFAULT]}, and reports no line numbers. So the text is parsed by
 * {@link org.cbfsdp.settings.IniReader}, which is ours. Everything after the text is the library's: each layer is an
 * {@code INIConfiguration}, the layers are put over each other by a {@code CombinedConfiguration} with an
 * {@code OverrideCombiner}, and the place where a value came from travels with it as an attribute of its node.
 *
 * <p>There is no interpolation: <code>%(x)s</code> and <code>${x}</code> in a value are kept as they are written. A file
 * written for {@code configparser} that doubles its per cent signs must say {@code %} once here.
 */
package org.cbfsdp.settings;
