package org.spead.item;

/** Why a descriptor or an item's bytes could not be understood. Named, so that each can be counted and logged. */
public enum ItemFault {
    /** No fault. */
    NONE("no fault"),

    /** A descriptor's packet does not begin with a SPEAD-64 header, or its item pointers exceed it. */
    DESCRIPTOR_HEADER("descriptor is not a SPEAD-64 packet"),

    /** A descriptor's packet lacks heap count, payload offset or payload length, or its payload exceeds it. */
    DESCRIPTOR_PAYLOAD("descriptor's payload is not where its packet says"),

    /** The packets of a descriptor are not contiguous from its beginning to its end. */
    DESCRIPTOR_GAP("descriptor is incomplete"),

    /** A descriptor names no item, or not in an immediate. */
    DESCRIPTOR_ID("descriptor has no item identifier"),

    /** A descriptor's name or description has bytes above 0x7f. */
    DESCRIPTOR_TEXT("descriptor's name or description is not ASCII"),

    /** The numpy header is not the literal of a dictionary. */
    NUMPY_SYNTAX("numpy header is not a literal dictionary"),

    /** The numpy header's keys are not exactly descr, fortran_order and shape. */
    NUMPY_KEYS("numpy header must have the keys descr, fortran_order and shape"),

    /** The numpy header's shape is not a tuple of non-negative integers. */
    NUMPY_SHAPE("numpy header's shape is not a tuple of sizes"),

    /** The numpy header's fortran_order is neither True nor False. */
    NUMPY_ORDER("numpy header's fortran_order is not a bool"),

    /** The dtype holds Python objects. */
    DTYPE_OBJECT("dtype has object references"),

    /** Elements of the dtype would have no bytes. */
    DTYPE_ZERO_SIZE("dtype has size zero"),

    /** Two fields of a structured dtype have the same name. */
    DTYPE_DUPLICATE_FIELD("dtype has two fields of one name"),

    /** The dtype is none that this library knows. */
    DTYPE_UNKNOWN("dtype is not supported"),

    /** Neither a numpy header nor a format field. */
    FORMAT_EMPTY("descriptor has neither format nor numpy header"),

    /** A format field of an unknown code, of width zero, or wider than 64 bits. */
    FORMAT_UNKNOWN("format field is not supported"),

    /** More than one dimension is variable. */
    SHAPE_VARIABLE("more than one dimension is variable"),

    /** The group holds as many items as it may. */
    TOO_MANY_ITEMS("too many items"),

    /** The item has fewer bytes than its descriptor asks for. */
    VALUE_SHORT("item has fewer bytes than its shape needs"),

    /** The value would take more than 2 GiB when unpacked. */
    VALUE_LARGE("item is too large to unpack"),

    /** A text item has bytes above 0x7f. */
    VALUE_TEXT("text item is not ASCII");

    private final String text;

    ItemFault(String text) {
        this.text = text;
    }

    /** One line for a log. */
    public String text() {
        return text;
    }
}
