#!/usr/bin/env node
import { main } from '../cli/main.ts';
import { outputFailure } from '../cli/output-failure.ts';

process.stdout.on('error', (error) => {
  const { code, line } = outputFailure(error);
  process.stderr.write(line);
  process.exit(code);
});

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
