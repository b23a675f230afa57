/**
 * A command's options, or its exit code where there is nothing to do: 0 after its help, 2 after what was wrong with them.
 * @param read throws Error for what it cannot read
 */
export function understood<Options extends object>(
  args: readonly string[],
  read: (args: readonly string[]) => Options | 'help',
  usage: string,
): Options | 0 | 2 {
  try {
    const options = read(args);
    if (options !== 'help') return options;
    process.stdout.write(`${usage}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n\n${usage}\n`);
    return 2;
  }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
