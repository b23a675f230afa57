/** How wide the terminal is; `undefined` where there is none, or none that knows (a pty without a size has 0 columns). */
export const terminalColumns = (): number | undefined => {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns > 0 ? columns : undefined;
};
