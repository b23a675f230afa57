import type { Plan } from '../deciding/decision.ts';
import { type Dollars, type Duration, dollars, inMinutes } from '../units.ts';

/** AWS bills a month as 730 hours. */
const hoursInMonth = 730;

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const amount = (value: number): string => cents.format(Math.abs(value));

/** `$19.00`. */
export const money = (value: Dollars): string => `${value < 0 ? '-' : ''}$${amount(value)}`;

/** `+$3.00`, `-$1.00`, `+$0.00`. */
export const signedMoney = (value: Dollars): string => `${value < 0 ? '-' : '+'}$${amount(value)}`;

export const perDay = (monthly: Dollars): Dollars => dollars((monthly * 24) / hoursInMonth);

/** What the changed configuration cost on top, for as long as it was held. */
export const extraFor = ({ price }: Plan, held: Duration): Dollars =>
  dollars((price.difference * inMinutes(held)) / 60 / hoursInMonth);
