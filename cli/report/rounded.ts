/** Dollars as they are paid, not as they are computed (1.7200000000000002); never a negative zero. */
export const cents = (dollars: number): number => Math.round(dollars * 100) / 100 || 0;

/** Minutes, finer than which no sample tells. */
export const tenths = (minutes: number): number => Math.round(minutes * 10) / 10 || 0;
