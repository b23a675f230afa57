import { constants, statSync } from 'node:fs';
import { access, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { Paint } from '../render/paint.ts';
import type { Progress } from '../render/progress.ts';
import { svgChart } from '../render/svg-chart.ts';
import { UsageError } from '../usage-error.ts';
import { comparisonOf } from './comparison.ts';
import { type DemoOptions, parseDemoOptions, USAGE } from './demo-options.ts';
import { figuresOf } from './figures.ts';
import { type Load, reproducerLoad, traceLoad } from './load.ts';
import { quietLogs } from './quiet-logs.ts';
import { report } from './report.ts';
import { REPORTED, REPRODUCER } from './reproducer-parameters.ts';
import { runWorlds } from './run-worlds.ts';
import { svgText } from './svg-text.ts';
import { readTrace } from './trace-file.ts';
import { TraceError } from './traces/trace.ts';
import { verdictOn } from './verdict.ts';

/** Where the demo writes; a test gives its own. */
export interface DemoOutput {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly progress: Progress;
  readonly paint: Paint;
  readonly width: number;
}

const HOUR = 3_600_000;
/** The reproducer's wall is waited for two days; a trace is repeated for at least that long, a longer one runs once. */
const PATIENCE = 48 * HOUR;

/** @returns the exit code: 0 as shown, 1 nothing to show or told too late, 2 wrong options or file */
export async function demo(args: readonly string[], output: DemoOutput): Promise<number> {
  try {
    const options = parseDemoOptions(args);
    if (options.help) {
      output.out(USAGE);
      return 0;
    }
    return await run(options, output);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof TraceError)) throw error;
    output.error(`${error.message}\n`);
    return 2;
  }
}

/** Asked before anything runs: nobody waits for a picture that cannot be written. */
async function expectWritable(file: string): Promise<void> {
  const path = resolve(file);
  const folder = dirname(path);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(
      `--svg: got ${JSON.stringify(file)}, a folder, expected a file; name one in it, such as ${join(file, 'demo.svg')}`,
    );
  }
  try {
    await access(folder, constants.W_OK);
  } catch {
    throw new UsageError(
      `--svg: got ${JSON.stringify(file)}, expected a file in a folder that can be written; create ${folder} or choose another`,
    );
  }
}

async function run(options: DemoOptions, output: DemoOutput): Promise<number> {
  await expectWritable(options.svg);
  const { load, waitFor } = await loadOf(options);
  quietLogs();
  const { size: sizeGiB, seed, notices, target } = options;
  const worlds = await runWorlds({
    sizeGiB,
    seed,
    load,
    waitFor,
    responder: responderOf(options),
    follow: isBridge(target) ? 'until-back' : 'until-judged',
    progress: output.progress,
  });
  const figures = figuresOf(worlds);
  const verdict = verdictOn(figures);
  await writeFile(
    options.svg,
    svgChart(comparisonOf(worlds, figures, load), svgText(figures, load, sizeGiB)),
  );
  const { paint, width } = output;
  output.out(
    options.json
      ? asJson({ sizeGiB, seed, load: load.title, ...figures, verdict, svg: options.svg })
      : report({
          worlds,
          figures,
          verdict,
          load,
          sizeGiB,
          seed,
          notices,
          svgFile: options.svg,
          paint,
          width,
        }),
  );
  return verdict.isGood ? 0 : 1;
}

/** Times as ISO text; what there is not, as null. */
const asJson = (value: object): string =>
  `${JSON.stringify(value, (key, member: unknown) => (member === undefined ? null : asTime(key, member)), 2)}\n`;

const asTime = (key: string, member: unknown): unknown =>
  /^at$|At$/.test(key) && typeof member === 'number' ? new Date(member).toISOString() : member;

/** io1 and io2 get the article's 1,000 IOPS: on its first day a deployment has no demand profile to size them by. */
const responderOf = ({ target }: DemoOptions): EbsBurstResponderProps => ({
  mode: 'act',
  target,
  ...(isBridge(target) ? { fixedIops: REPORTED.curedWithIo1Iops } : {}),
});

/** What goes back to gp2 when demand fits the bucket again. */
const isBridge = (target: DemoOptions['target']): boolean => target === 'io1' || target === 'io2';

async function loadOf(options: DemoOptions): Promise<{ readonly load: Load; readonly waitFor: number }> {
  const { trace: file, scale } = options;
  if (file === undefined) return { load: reproducerLoad(REPRODUCER), waitFor: PATIENCE };
  const trace = await readFrom(file, options['io-size'] * 1_024);
  const waitFor = Math.max(PATIENCE, trace.seconds * 1_000);
  return { load: traceLoad({ trace, name: basename(file), scale, waitFor }), waitFor };
}

const UNREADABLE: Readonly<Record<string, { readonly got: string; readonly remedy: string }>> = {
  ENOENT: { got: 'no such file', remedy: 'check the path; a relative one is looked for where the demo runs' },
  EISDIR: { got: 'a folder', remedy: 'name one of its files' },
  EACCES: { got: 'no permission', remedy: 'allow reading it (chmod +r)' },
};

/** @throws TraceError with the file's name before the place in it */
async function readFrom(file: string, ioBytes: number) {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const { got, remedy } = UNREADABLE[code] ?? { got: code, remedy: 'choose another' };
    throw new TraceError(`--trace ${file}`, got, 'a file that can be read', remedy);
  }
  try {
    return readTrace(text, ioBytes);
  } catch (error) {
    if (error instanceof TraceError) error.message = `${file} ${error.message}`;
    throw error;
  }
}
