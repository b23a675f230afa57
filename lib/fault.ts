/** One line about one key: what was got, what was expected, what to do. `got` is a value as it stands in cdk.json. */
export const fault = (key: string, got: unknown, expectedAndRemedy: string): string =>
  `${key}: got ${got === undefined ? 'nothing' : JSON.stringify(got)}, ${expectedAndRemedy}`;
