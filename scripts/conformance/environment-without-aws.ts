/** What a child process may know of this one: nobody's account, keys, Region or endpoints. */
export const environmentWithoutAws = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
