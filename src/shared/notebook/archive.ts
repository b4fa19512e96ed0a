/** An .eln archive that is handed over in one piece; a larger one is for the command line. */
export const MAX_ARCHIVE_BYTES = 256 * 1024 * 1024;
