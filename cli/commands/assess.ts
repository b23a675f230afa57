import type { Assumptions } from '../../core/application/replay/replay-settings.ts';
import type { RegionAssessment } from '../../core/domain/history/assessment.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import type { Instant } from '../../core/domain/units.ts';
import { FileError, writeWhole } from '../history/atomic-file.ts';
import { actingPolicy, readPolicyFile } from '../policy-file.ts';
import type { Paint } from '../render/paint.ts';
import type { Progress } from '../render/progress.ts';
import type { Made } from '../report/made.ts';
import { UsageError } from '../usage-error.ts';
import type { AccountAccess, Identity } from './assess-access.ts';
import { type AssessOptions, assessUsage, parseAssessOptions } from './assess-options.ts';
import { assessRegions, type Findings, type ReplayFleet } from './assess-regions.ts';
import { assessSummary } from './assess-summary.ts';
import { expectPlaceForPage } from './place-for-page.ts';
import { requiredPermissions } from './required-permissions.ts';

/** The moment, and how to wait. */
export interface Time {
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What the command takes from the world; a test gives its own. */
export interface AssessWorld extends Time {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly progress: Progress;
  readonly paint: Paint;
  /** How wide the terminal is; `undefined` where there is none. */
  readonly columns: number | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly open: (identity: Identity, now: () => Instant) => AccountAccess;
  /** A simulated account, and its time. */
  readonly openDemo: (days: number) => Promise<Time & { readonly access: AccountAccess }>;
  /** What the replay takes for granted. */
  readonly assumptions: Assumptions;
  readonly replay: ReplayFleet;
  readonly breathe: () => Promise<void>;
  readonly reports: Readonly<
    Record<'html' | 'json' | 'csv', (regions: readonly RegionAssessment[], made: Made) => string>
  >;
  readonly version: string;
}

/** @returns the exit code: 0 everything was read, 1 something is missing, 2 wrong options or file */
export async function assess(args: readonly string[], world: AssessWorld): Promise<number> {
  try {
    const options = parseAssessOptions(args);
    if (options.help) return told(world, assessUsage);
    if (options['print-iam']) return told(world, requiredPermissions());
    return await run(options, world);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof FileError)) throw error;
    world.error(`${error.message}\n`);
    return 2;
  } finally {
    world.progress.end();
  }
}

function told(world: AssessWorld, text: string): 0 {
  world.out(text);
  return 0;
}

async function run(options: AssessOptions, world: AssessWorld): Promise<number> {
  if (options.html !== undefined) await expectPlaceForPage(options.html);
  const { policy, acting } = await judging(options);
  const { access, ...time } = options.demo
    ? await openDemo(options, world)
    : { access: openReal(options, world), now: world.now, sleep: world.sleep };
  const findings = await assessRegions({ ...options, policy }, { ...world, ...time, access });
  world.progress.end();
  const made: Made = {
    version: world.version,
    at: time.now(),
    policy,
    acting,
    assumptions: world.assumptions,
    priceLists: [...new Set(findings.regions.map(({ region }) => priceListOf(region, [])))],
  };
  const missing = [...findings.missing, ...(await written(options, findings, made, world))];
  if (findings.regions.length > 0) world.out(textOf(options, findings, made, world));
  for (const line of findings.notes) world.error(`note: ${line}\n`);
  for (const line of missing) world.error(`missing: ${line}\n`);
  return missing.length === 0 ? 0 : 1;
}

/** Who has not decided yet what it may do wants to see what it would have spared them, and not that it only told. */
async function judging({ policy: file }: AssessOptions): Promise<Pick<Made, 'policy' | 'acting'>> {
  if (file === undefined) return { policy: actingPolicy, acting: 'assumed' };
  return { policy: await readPolicyFile(file), acting: 'as-configured' };
}

function openDemo({ days }: AssessOptions, world: AssessWorld) {
  world.progress.show(`living through ${days} days of a simulated account`);
  return world.openDemo(days);
}

const openReal = ({ profile, 'role-arn': roleArn }: AssessOptions, world: AssessWorld): AccountAccess =>
  world.open({ profile, roleArn }, world.now);

/** The page, where one is asked for; a disk that is full by now costs the page and nothing else. */
async function written(
  { html, save }: AssessOptions,
  { regions }: Findings,
  made: Made,
  world: AssessWorld,
): Promise<readonly string[]> {
  if (html === undefined || regions.length === 0) return [];
  try {
    await writeWhole(html, world.reports.html(regions, made));
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const again =
      save === undefined
        ? 'the figures were told; with --save DIR nothing would have to be read again'
        : `the same command writes it from ${save} without reading again`;
    return [`the page. ${error.message}; ${again}`];
  }
}

function textOf(
  { json, csv, html }: AssessOptions,
  findings: Findings,
  made: Made,
  { reports, paint, columns }: AssessWorld,
): string {
  if (json) return reports.json(findings.regions, made);
  if (csv) return reports.csv(findings.regions, made);
  return assessSummary(findings, made, { paint, columns, html });
}
