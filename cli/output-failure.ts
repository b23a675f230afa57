/** What a failed write to standard output means for the exit code, and the line that says so, which may be empty. */
export function outputFailure({ code, message }: NodeJS.ErrnoException): {
  readonly code: 0 | 1;
  readonly line: string;
} {
  // Whoever reads only the first lines, as head does, has seen enough.
  if (code === 'EPIPE') return { code: 0, line: '' };
  return { code: 1, line: `standard output is not whole: ${message}; make room or write it elsewhere\n` };
}
