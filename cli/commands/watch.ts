import * as v from 'valibot';
import type { AccessFailure } from '../../core/application/assess/history-ports.ts';
import { type Instant, instant, seconds } from '../../core/domain/units.ts';
import { type FullScreen, fullScreen, type ScreenStream } from '../render/full-screen.ts';
import { harmless } from '../render/harmless.ts';
import { afterLook, type Board, emptyBoard } from '../watch/board.ts';
import { boardChanges } from '../watch/board-changes.ts';
import { lookAtCases } from '../watch/look-at-cases.ts';
import { type Watched, watchLoop } from '../watch/watch-loop.ts';
import { type Frame, watchPicture } from '../watch/watch-picture.ts';
import { flag, type OptionHelp, parseOptions } from './command-options.ts';
import { type Deployment, type DeploymentWorld, onDeployment, withUsage } from './deployment.ts';
import type { OpenDeployment } from './deployment-access.ts';
import { tableEntries, tableHelp } from './deployment-options.ts';
import { usageText } from './usage-text.ts';

/** A simulated account that lives on while it is watched. */
export interface LivingDemo extends OpenDeployment {
  /** What somebody else than the responder does there, in one line. */
  readonly note: string;
  /** A while later. */
  readonly live: () => Promise<'goes on' | 'over'>;
}

export interface WatchWorld extends DeploymentWorld {
  /** Where pictures are shown; `undefined` where standard output is no terminal. */
  readonly terminal: ScreenStream | undefined;
  /** Aborted by Ctrl-C. */
  readonly stop: AbortSignal;
  /** Resolves earlier where `stop` is aborted or the window changes. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Whatever ends the process, it gives the terminal back first. */
  readonly atExit: (leave: () => void) => void;
  readonly openLivingDemo: () => Promise<LivingDemo>;
}

const leastEvery = 2;
const mostEvery = 3_600;
const usualEvery = 10;
const everyExpected = `a whole number of seconds from ${leastEvery} to ${mostEvery}; leave it out for ${usualEvery}`;

const schema = v.strictObject({
  every: v.optional(
    v.pipe(
      v.string(everyExpected),
      v.check(
        (text) => /^\d+$/.test(text) && Number(text) >= leastEvery && Number(text) <= mostEvery,
        everyExpected,
      ),
      v.transform(Number),
    ),
  ),
  once: flag,
  ...tableEntries,
});

type Options = v.InferOutput<typeof schema>;

const help: OptionHelp<keyof Options> = {
  every: ['SEC', `reads again after so many seconds (${usualEvery})`],
  once: ['', 'one picture, without the rest'],
  ...tableHelp,
  demo: ['', 'a simulated incident, in faster time; ends by itself'],
};

const usage = usageText({
  usage: ['ebs-burst watch [options]'],
  about: [
    'The open cases of a deployment, live: where each stands and since when, how long until its wall and until the responder looks again.',
    'A case that ends stays for five minutes.',
    'Where standard output is no terminal, it writes a line for every change instead.',
    'Ctrl-C ends it.',
  ],
  options: help,
  notes: {
    'reads with':
      'cloudformation:DescribeStacks, once; dynamodb:BatchGetItem, GetItem and Query on the table and its index. No metric is read, nothing is written. Where AWS does not answer, what was seen stays and it asks again, each time twice as long after the last try.',
  },
  exitCodes: {
    0: 'ended by Ctrl-C, or the one picture was shown',
    1: 'AWS refuses for good, or an item cannot be read',
    2: 'an option or a file is wrong',
  },
});

/** @returns the exit code: 0 ended by a person, 1 not readable, 2 wrong options */
export const watch = (args: readonly string[], world: WatchWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseOptions(args, help, schema);
    if (options.help) {
      world.out(usage);
      return 0;
    }
    const demo = options.demo && !options.once ? await world.openLivingDemo() : undefined;
    const opening = { ...world, openDemo: async () => demo ?? world.openDemo() };
    return onDeployment(options, opening, async (deployment) => {
      const where = `${deployment.account} ${deployment.access.region}`;
      const frame = { where, note: demo?.note, paint: world.paint };
      if (options.once) await showOnce(deployment, frame, world);
      else await showOn(deployment, demo, options, frame, world);
      return 0;
    });
  });

/** As long as a file may be. */
const endless = { columns: 120, rows: Number.POSITIVE_INFINITY };

async function showOnce({ ports, now }: Deployment, frame: Frame, world: WatchWorld): Promise<void> {
  const look = await lookAtCases([], ports, now);
  const board = afterLook(emptyBoard(now()), look, now(), seconds(0));
  const columns = world.terminal?.columns ?? endless.columns;
  world.out(stillOf(watchPicture(board, now(), { ...endless, columns }, frame)));
}

/** A picture that stays as it is says nothing of the next look. */
const stillOf = ([title = '', , ...cases]: readonly string[]): string => `${[title, ...cases].join('\n')}\n`;

async function showOn(
  deployment: Deployment,
  demo: LivingDemo | undefined,
  { every = usualEvery, profile }: Options,
  frame: Frame,
  world: WatchWorld,
): Promise<void> {
  const { ports, now, access } = deployment;
  const screen = world.terminal && fullScreen(world.terminal);
  if (screen !== undefined) world.atExit(screen.leave);
  const over = new AbortController();
  const watched: Watched = {
    every: seconds(every),
    now,
    tick: async () => {
      await world.pause(waitOf(demo, screen));
      if ((await demo?.live()) === 'over') over.abort();
    },
    stop: AbortSignal.any([world.stop, over.signal]),
    look: (known) => lookAtCases(known, ports, now),
    troubleOf: (error) =>
      harmless(troubleWords(access.explain(error, 'a read of the table'), error, profile)),
    show: screen === undefined ? logTo(world, frame) : showOnScreen(screen, frame),
  };
  if (screen === undefined && frame.note !== undefined) world.error(`${frame.note}\n`);
  try {
    const last = await watchLoop(watched);
    screen?.leave();
    if (screen !== undefined) world.out(stillOf(watchPicture(last, now(), screen.size(), frame)));
  } finally {
    screen?.leave();
  }
}

/** In a demo nobody waits a second for what is not real, and nobody at all where no one looks on. */
function waitOf(demo: LivingDemo | undefined, screen: FullScreen | undefined): number {
  if (demo === undefined) return 1_000;
  return screen === undefined ? 0 : 250;
}

const showOnScreen = (screen: FullScreen, frame: Frame) => (board: Board, now: Instant) =>
  screen.show(watchPicture(board, now, screen.size(), frame));

/** Changes to standard output; what AWS says, and that there is nothing, to standard error. */
function logTo({ out, error }: WatchWorld, { where }: Frame): Watched['show'] {
  let shown = emptyBoard(instant(0));
  return (board) => {
    if (board.trouble?.words !== shown.trouble?.words)
      error(board.trouble === undefined ? 'AWS answers again\n' : `${board.trouble.words}\n`);
    if (shown.asOf === undefined && board.asOf !== undefined && board.open.length === 0)
      error(`no open case in ${where}; a line comes with the first\n`);
    for (const line of boardChanges(shown, board)) out(`${line}\n`);
    shown = board;
  };
}

/** Signing in again, waiting or a network heal these; anything else would be asked in vain. */
function troubleWords(
  { kind, action, said }: AccessFailure,
  error: unknown,
  profile: string | undefined,
): string {
  switch (kind) {
    case 'expired':
      return `credentials expired, sign in again: aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`;
    case 'throttled':
      return `AWS throttles ${action} (${said})`;
    case 'unreachable':
      return `AWS cannot be reached (${said})`;
    case 'other':
      return `${action} failed (${said})`;
    default:
      throw error;
  }
}
