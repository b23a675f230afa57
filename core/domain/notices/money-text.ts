import type { Plan } from '../deciding/decision.ts';
import { billedMonth } from '../prices.ts';
import { type Dollars, type Duration, days, dollars } from '../units.ts';

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const amount = (value: number): string => cents.format(Math.abs(value));

/** `$19.00`. */
export const money = (value: Dollars): string => `${value < 0 ? '-' : ''}$${amount(value)}`;

/** `+$3.00`, `-$1.00`, `+$0.00`. */
export const signedMoney = (value: Dollars): string => `${value < 0 ? '-' : '+'}$${amount(value)}`;

export const perDay = (monthly: Dollars): Dollars => dollars((monthly * days(1)) / billedMonth);

/** What the changed configuration cost on top, for as long as it was held. */
export const extraFor = ({ price }: Plan, held: Duration): Dollars =>
  dollars((price.difference * held) / billedMonth);
