import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type HandlerName, house } from '../../lib/runtime-function.ts';
import type { Start } from '../coldstart-process.ts';
import type { ServedDeployment } from './account.ts';
import { type Bundle, handlerPath, type Workbench } from './bundles.ts';
import { candidates } from './candidates.ts';
import { bareHandler, bundledClients, constructedClients, emptyHandler, ownInputsOf } from './clients.ts';
import { type Figures, type Measured, medianOf } from './judge.ts';
import type { CandidateFigures } from './page.ts';
import { prunedBundle } from './pruned-schemas.ts';
import { type Launch, startsOf } from './starts.ts';

/** Bare clients are the yardstick, so they do not get shorter by what we leave out of the SDK. */
const bareBundling = { esbuildArgs: {} };

export interface MeasuredHandler extends Measured {
  readonly figures: Figures;
}

export async function measuredHandlers(
  workbench: Workbench,
  deployment: ServedDeployment,
  rounds: number,
): Promise<readonly MeasuredHandler[]> {
  const handlers = shippedBundles(workbench);
  const bare = workbench.bundled([
    { name: 'empty', entry: { code: emptyHandler }, bundling: {} },
    ...[...handlers].map(([name, { metafile }]) => ({
      name,
      entry: { code: bareHandler(metafile) },
      bundling: bareBundling,
    })),
  ]);
  const bareOf = (name: string): Bundle => bundleOf(bare, name);
  const launches = [...handlers].flatMap(([name, { file }]) => {
    const one = { environment: deployment.environmentOf(name), event: deployment.eventOf(name) };
    return [
      { ...one, name: `bare ${name}`, file: bareOf(name).file },
      { ...one, name, file },
    ];
  });
  const [first] = launches;
  if (first === undefined) throw new Error('the stack has no handler');
  const starts = await startsOf(
    [{ ...first, name: 'empty', file: bareOf('empty').file }, ...launches],
    rounds,
  );
  return [...handlers].map(([name, bundle]) => measuredOne(name, bundle, bareOf(name), starts));
}

/** The bundles of the handlers with what is in them. @throws Error when they are not, byte by byte, what the stack ships */
function shippedBundles(workbench: Workbench): ReadonlyMap<HandlerName, Bundle> {
  const shipped = workbench.shipped();
  const bundles = workbench.bundled(
    [...shipped.keys()].map((name) => ({ name, entry: { path: handlerPath(name) }, bundling: {} })),
  );
  return new Map(
    [...shipped].map(([name, code]) => {
      const bundle = bundleOf(bundles, name);
      if (readFileSync(bundle.file, 'utf8') !== code)
        throw new Error(
          `${name}: the bundle to be measured is not the one the stack ships; bench/coldstart/bundles.ts has to bundle as lib/runtime-function.ts does`,
        );
      return [name, bundle];
    }),
  );
}

function measuredOne(
  handler: HandlerName,
  { bytes, deflatedBytes, metafile }: Bundle,
  bare: Bundle,
  starts: ReadonlyMap<string, readonly Start[]>,
): MeasuredHandler {
  const [own, ofBare, ofEmpty] = [handler, `bare ${handler}`, 'empty'].map((name) => starts.get(name) ?? []);
  const over = (other: readonly Start[] = [], of: (start: Start) => number): readonly number[] =>
    ratios((own ?? []).map(of), other.map(of));
  const load = (start: Start): number => start.load;
  const bundled = bundledClients(metafile);
  const loadsOverBare = over(ofBare, load);
  const figures = {
    clients: [...bundled.keys()],
    bytes,
    deflatedBytes,
    bareBytes: bare.bytes,
    loadOverEmpty: rounded(medianOf(over(ofEmpty, load))),
    loadOverBare: rounded(medianOf(loadsOverBare)),
    startOverEmpty: rounded(medianOf(over(ofEmpty, (start) => start.load + start.firstCall))),
  };
  const sources = ownInputsOf(metafile).map((path) => readFileSync(join(house.projectRoot, path), 'utf8'));
  return {
    ...figures,
    figures,
    handler,
    bundled,
    constructed: constructedClients(sources),
    loadsOverBare,
  };
}

/** The heaviest handler, and the one that runs when minutes matter. */
const weighed: readonly HandlerName[] = ['respond', 'deliver-notice'];

interface CandidateBundle {
  /** In the order of `candidates`. */
  readonly index: number;
  readonly handler: HandlerName;
  readonly file: string;
  readonly bytes: number;
}

const nameOf = (index: number, handler: HandlerName): string => `candidate-${index}-${handler}`;

export async function measuredCandidates(
  workbench: Workbench,
  deployment: ServedDeployment,
  rounds: number,
): Promise<readonly CandidateFigures[]> {
  const bundles = [...candidateBundles(workbench), ...(await prunedBundles(workbench))];
  const launches: Launch[] = bundles.map(({ index, handler, file }) => ({
    name: nameOf(index, handler),
    file,
    environment: deployment.environmentOf(handler),
    event: deployment.eventOf(handler),
  }));
  const starts = await startsOf(launches, rounds);
  const loadsOf = (name: string) => (starts.get(name) ?? []).map(({ load }) => load);
  const bytesOf = (index: number, handler: HandlerName) =>
    bundles.find((bundle) => bundle.index === index && bundle.handler === handler)?.bytes ?? Number.NaN;
  const costOf = (index: number, handler: HandlerName) => ({
    size: rounded(bytesOf(index, handler) / bytesOf(0, handler)),
    load: rounded(medianOf(ratios(loadsOf(nameOf(index, handler)), loadsOf(nameOf(0, handler))))),
  });
  return candidates.map(({ what }, index) => ({
    what,
    costs: Object.fromEntries(weighed.map((handler) => [handler, costOf(index, handler)])),
  }));
}

function candidateBundles(workbench: Workbench): readonly CandidateBundle[] {
  const requests = candidates.flatMap(({ bundling }, index) =>
    bundling === 'pruned-schemas'
      ? []
      : weighed.map((handler) => ({
          name: nameOf(index, handler),
          entry: { path: handlerPath(handler) },
          bundling,
          index,
          handler,
        })),
  );
  const bundles = workbench.bundled(requests);
  return requests.map(({ name, index, handler }) => ({ ...bundleOf(bundles, name), index, handler }));
}

function prunedBundles(workbench: Workbench): Promise<readonly CandidateBundle[]> {
  const pruned = candidates.flatMap(({ bundling }, index) => (bundling === 'pruned-schemas' ? [index] : []));
  return Promise.all(
    pruned.flatMap((index) =>
      weighed.map(async (handler) => {
        const file = workbench.fileFor(nameOf(index, handler));
        await prunedBundle(handlerPath(handler), file);
        return { index, handler, file, bytes: statSync(file).size };
      }),
    ),
  );
}

/** Round by round. */
const ratios = (above: readonly number[], below: readonly number[]): readonly number[] =>
  above.map((value, round) => value / (below[round] ?? Number.NaN));

const rounded = (ratio: number): number => Math.round(ratio * 100) / 100;

function bundleOf(bundles: ReadonlyMap<string, Bundle>, name: string): Bundle {
  const bundle = bundles.get(name);
  if (bundle === undefined) throw new Error(`no bundle was made of ${name}`);
  return bundle;
}
