/** What of a resource's metrics is lost at the moment. */
export type Withheld = readonly string[] | 'all' | 'nothing';

export const isWithheld = (withheld: Withheld, name: string): boolean =>
  withheld === 'all' || (withheld !== 'nothing' && withheld.includes(name));
