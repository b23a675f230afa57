import { pathToFileURL } from 'node:url';
import { paint } from '../render/paint.ts';
import { progressLine } from '../render/progress.ts';
import { type DemoOutput, demo } from './demo.ts';

const output: DemoOutput = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  progress: progressLine(process.stderr),
  paint: paint(),
  width: Math.min(100, Math.max(72, process.stdout.columns ?? 88)),
};

/** @returns the exit code */
export const main = (args: readonly string[]): Promise<number> => demo(args, output);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.slice(2));
