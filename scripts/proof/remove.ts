import type { Removal } from './removals.ts';

/** The source without what is to be removed. @throws Error when it is not there exactly once: the table is out of date. */
export function withoutIt(source: string, { name, file, after = '', find, replace }: Removal): string {
  const start = source.indexOf(after);
  if (start < 0) throw new Error(`${name}: ${file} has no "${after}"; correct scripts/proof/removals.ts`);
  const found = source.slice(start).split(find).length - 1;
  if (found !== 1) {
    throw new Error(
      `${name}: ${file} has ${JSON.stringify(find)} ${found} times after "${after}", expected once; correct scripts/proof/removals.ts`,
    );
  }
  return source.slice(0, start) + source.slice(start).replace(find, () => replace);
}
