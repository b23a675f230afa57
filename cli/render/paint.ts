import pc from 'picocolors';

/** Colours as functions; each returns its text unchanged where colour is not wanted. */
export type Paint = ReturnType<typeof pc.createColors>;

/** @param wanted honours NO_COLOR and FORCE_COLOR when left out, and is plain where the output is not a terminal. */
export const paint = (wanted?: boolean): Paint => pc.createColors(wanted ?? pc.isColorSupported);
