import { describe, expect, test } from 'vitest';
import { type WatchWorld, watch } from '../../../cli/commands/watch.ts';
import { type DeployedDemo, deployedDemo, startAt } from '../../../cli/demo/deployed-account.ts';
import { livingDemo } from '../../../cli/demo/living-account.ts';
import { paint } from '../../../cli/render/paint.ts';
import { ServiceError } from '../../../twin/service-error.ts';

const minute = 60_000;
const throttled = new ServiceError('ThrottlingException', 'Rate exceeded');
const expired = new ServiceError('ExpiredTokenException', 'The token has expired');
const denied = new ServiceError('AccessDeniedException', 'not authorized to perform: dynamodb:Query');
const unreachable = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

interface Watching extends Partial<WatchWorld> {
  readonly terminal?: WatchWorld['terminal'];
  /** Ctrl-C after so many seconds. */
  readonly seconds?: number;
  /** Before each picture. */
  readonly meanwhile?: (second: number) => void;
}

/** The command on this account, whose time passes while it waits. */
async function watching(
  demo: DeployedDemo,
  args: readonly string[],
  { seconds = 60, meanwhile, ...rest }: Watching = {},
) {
  const written = { out: '', error: '' };
  const stopping = new AbortController();
  let second = 0;
  const before = demo.account.endpoint.calls.length;
  const code = await watch(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    paint: paint(false),
    open: async () => demo,
    openDemo: async () => demo,
    openLivingDemo: livingDemo,
    terminal: undefined,
    atExit: () => undefined,
    stop: stopping.signal,
    pause: async (milliseconds) => {
      await new Promise((resolve) => setImmediate(resolve));
      await demo.account.simulation.runFor(milliseconds);
      second += 1;
      meanwhile?.(second);
      if (second >= seconds) stopping.abort();
    },
    ...rest,
  });
  const calls = demo.account.endpoint.calls.slice(before).filter(({ principal }) => principal === 'a person');
  return { code, ...written, calls };
}

const fakeTerminal = (columns = 80, rows = 24) => {
  const shown: string[] = [];
  return { columns, rows, shown, write: (text: string) => void shown.push(text) };
};

const enter = '\u001b[?1049h';
const leave = '\u001b[?7h\u001b[?25h\u001b[?1049l';

const note = 'A simulated person moves two disks by hand, at 08:46 UTC and 08:52 UTC.';

describe('on the demo', () => {
  test('the incident is told as a log of its changes, and ends by itself', async () => {
    const demo = await livingDemo();
    const { code, out, error } = await watching(demo, ['--demo'], {
      openLivingDemo: async () => demo,
      pause: async () => undefined,
    });
    expect({ code, error }).toEqual({
      code: 0,
      error: `${note}\nno open case in 123456789012 us-east-1; a line comes with the first\n`,
    });
    const steps = out
      .split('\n')
      .flatMap((line) => /\((\S+).*?\) {2}([^;]+)/.exec(line)?.slice(1).join(' ') ?? []);
    expect(steps.filter((step) => step.startsWith('orders-db')).slice(-3)).toEqual([
      'orders-db moving to gp3',
      'orders-db moving to gp3, averted',
      'orders-db over: averted',
    ]);
    expect(steps).toContain('ci-runner-1 YOU ARE NEEDED');
    expect(steps).toContain('search-index over: can no longer run out');
    expect(steps).toContain('ci-runner-1 over: can no longer run out');
    const overAt = (name: string) =>
      new RegExp(`T(\\S+)Z .*\\(${name}.*\\) {2}over: can no longer`).exec(out)?.[1];
    expect(overAt('ci-runner-1')).toMatch(/^08:4[67]/);
    expect(overAt('search-index')).toMatch(/^08:5[23]/);
  }, 60_000);

  test('the picture says that a person has a hand in it', async () => {
    const demo = await livingDemo();
    const terminal = fakeTerminal();
    const { out, error } = await watching(demo, ['--demo'], {
      openLivingDemo: async () => demo,
      terminal,
      seconds: 2,
    });
    expect(terminal.shown.at(-2)).toContain(note);
    expect(out).toContain(note);
    expect(error).toBe('');
  }, 60_000);

  test('a picture of it without that person says nothing of one', async () => {
    const { out, error } = await watching(await deployedDemo(), ['--demo', '--once']);
    expect(`${out}${error}`).not.toContain('person');
  }, 60_000);
});

describe('on a terminal', () => {
  test('it shows the cases, counts down every second, reads every ten, and gives the terminal back', async () => {
    const demo = await deployedDemo();
    const terminal = fakeTerminal();
    const { code, out, error, calls } = await watching(demo, [], { terminal, seconds: 31 });
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(terminal.shown.filter((text) => text.includes(enter))).toHaveLength(1);
    expect(terminal.shown.at(-1)).toBe(leave);
    expect(terminal.shown.length).toBeGreaterThan(31);
    expect(terminal.shown.at(-2)).toMatch(/3 open cases, 2 need you {2}123456789012 us-east-1/);
    expect(out).toMatch(/orders-db {2,}moving to gp3/);
    const looks = calls.filter(
      ({ operation, input }) => operation === 'Query' && JSON.stringify(input).includes('due'),
    );
    expect(looks).toHaveLength(4);
    const names = new Set(calls.map(({ operation }) => operation));
    expect([...names].toSorted()).toEqual(['BatchGetItem', 'DescribeStacks', 'GetItem', 'Query']);
  }, 60_000);

  test('it fits the window as it becomes', async () => {
    const demo = await deployedDemo();
    const terminal = fakeTerminal(130, 24);
    const meanwhile = (second: number) => {
      if (second === 2) terminal.columns = 50;
    };
    await watching(demo, [], { terminal, seconds: 4, meanwhile });
    expect(terminal.shown[2]).toContain('next word by');
    expect(terminal.shown.at(-2)).not.toContain('wall in');
  }, 60_000);

  test('it gives the terminal back also where AWS refuses for good, and says why', async () => {
    const demo = await deployedDemo();
    const terminal = fakeTerminal();
    const meanwhile = (second: number) => {
      if (second === 5)
        demo.account.endpoint.fail({ operation: 'Query', principal: 'a person' }, denied, 1_000);
    };
    const { code, out, error } = await watching(demo, [], { terminal, meanwhile });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(terminal.shown.at(-1)).toBe(leave);
    expect(error).toBe(
      'no permission in us-east-1 (not authorized to perform: dynamodb:Query); --help lists what this reads\n',
    );
  }, 60_000);

  test.each([
    ['throttled', throttled, 'AWS throttles a read of the table (Rate exceeded)'],
    ['expired', expired, 'credentials expired, sign in again: aws sso login --profile ops'],
    ['unreachable', unreachable, 'AWS cannot be reached (connect ECONNREFUSED)'],
  ])(
    'it keeps on trying while %s, less and less often',
    async (_, fault, words) => {
      const demo = await deployedDemo();
      const terminal = fakeTerminal(120);
      const meanwhile = (second: number) => {
        if (second === 5) demo.account.endpoint.fail({ operation: 'Query', principal: 'a person' }, fault, 2);
      };
      const { code, calls } = await watching(demo, ['--profile', 'ops'], {
        terminal,
        meanwhile,
        seconds: 75,
      });
      expect(code).toBe(0);
      const failed = calls.filter(({ error }) => error !== undefined).map(({ at }) => at);
      expect((failed[1] ?? 0) - (failed[0] ?? 0)).toBe(20_000);
      expect(terminal.shown.some((text) => text.includes(words) && text.includes('orders-db'))).toBe(true);
      expect(terminal.shown.at(-2)).not.toContain(words);
    },
    60_000,
  );

  test('it gives the terminal back where the process ends otherwise, and only once', async () => {
    const demo = await deployedDemo();
    const terminal = fakeTerminal();
    let leaveAtExit: () => void = () => undefined;
    const atExit = (given: () => void) => {
      leaveAtExit = given;
    };
    const meanwhile = () => leaveAtExit();
    await watching(demo, [], { terminal, atExit, meanwhile, seconds: 3 });
    expect(terminal.shown.filter((text) => text.includes(leave))).toEqual([leave]);
    expect(terminal.shown.at(-1)).toBe(leave);
  }, 60_000);

  test('Ctrl-C ends it also while AWS does not answer at all', async () => {
    const demo = await deployedDemo();
    const { ports } = demo.access;
    const stopping = new AbortController();
    const terminal = fakeTerminal();
    const silent: DeployedDemo['access']['ports'] = (table, report) => {
      const known = ports(table, report);
      const due = () => {
        setImmediate(() => stopping.abort());
        return new Promise<never>(() => undefined);
      };
      return { ...known, cases: { ...known.cases, due } };
    };
    const waiting = { ...demo, access: { ...demo.access, ports: silent } };
    const { code } = await watching(waiting, [], { terminal, stop: stopping.signal });
    expect(code).toBe(0);
    expect(terminal.shown.at(-1)).toBe(leave);
  }, 60_000);
});

describe('elsewhere', () => {
  test('it writes a line for every change and none for the rest, and what AWS says to standard error', async () => {
    const demo = await deployedDemo();
    const meanwhile = (second: number) => {
      if (second === 5)
        demo.account.endpoint.fail({ operation: 'Query', principal: 'a person' }, throttled, 1);
    };
    const { out, error } = await watching(demo, [], { meanwhile, seconds: 60 });
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^2026-03-02T08:50:00Z {2}EB-\S+ {2}vol-\S+ \(\S.*\) {2}[A-Za-z]/);
    expect(error).toBe('AWS throttles a read of the table (Rate exceeded)\nAWS answers again\n');
    expect(out).not.toContain('\u001b');
  }, 60_000);

  test('--once shows one picture, reads once and is done', async () => {
    const demo = await deployedDemo();
    const pause = () => Promise.reject(new Error('did not expect to wait'));
    const { code, out, calls } = await watching(demo, ['--once'], { pause });
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line.startsWith('EB-'))).toHaveLength(3);
    expect(calls.filter(({ operation }) => operation === 'BatchGetItem')).toHaveLength(1);
    expect(out).not.toContain('\u001b');
  }, 60_000);

  test('a name that would command the terminal is harmless', async () => {
    const demo = await deployedDemo(startAt + 8 * minute);
    demo.account.ebs.volumes.setTag(demo.volumeIds[1] ?? '', 'Name', 'x\u001b]0;owned\u0007\u202ey');
    await demo.account.simulation.runFor(30 * minute);
    const { out } = await watching(demo, ['--once']);
    expect(out).toContain('x ]0;owned  y');
  }, 60_000);

  test('an item that cannot be read is named once, however often it was met', async () => {
    const demo = await deployedDemo();
    const broken: DeployedDemo['access']['ports'] = (table, report) => {
      const known = demo.access.ports(table, report);
      const openCases: typeof known.cases.openCases = (ids) => {
        report(new Error('item VOLUME#vol-1/CASE is malformed'));
        return known.cases.openCases(ids);
      };
      return { ...known, cases: { ...known.cases, openCases } };
    };
    const odd = { ...demo, access: { ...demo.access, ports: broken } };
    const { code, error } = await watching(odd, [], { seconds: 35 });
    expect({ code, error }).toEqual({ code: 1, error: 'missing: item VOLUME#vol-1/CASE is malformed\n' });
  }, 60_000);

  test.each([['1'], ['3601'], ['soon'], ['2.5']])('refuses --every %s', async (every) => {
    const demo = { open: () => Promise.reject(new Error('did not expect to ask AWS')) };
    const written: string[] = [];
    const code = await watch(['--every', every], {
      out: () => undefined,
      error: (text) => void written.push(text),
      paint: paint(false),
      ...demo,
      openDemo: demo.open,
      openLivingDemo: demo.open,
      terminal: undefined,
      atExit: () => undefined,
      stop: new AbortController().signal,
      pause: async () => undefined,
    });
    expect({ code, written }).toEqual({
      code: 2,
      written: [
        `--every: got "${every}", expected a whole number of seconds from 2 to 3600; leave it out for 10\n`,
      ],
    });
  });
});
