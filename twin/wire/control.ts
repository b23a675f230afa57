import type { Account } from '../account.ts';
import { constantDemand } from '../ebs/open-loop-workload.ts';
import { ServiceError } from '../service-error.ts';
import { newFault, newLoad, newVolume, timeChange, understood } from './control-requests.ts';
import { NoAnswer } from './front.ts';
import type { Pace } from './pace.ts';
import { textOf, type WireAnswer, type WireRequest } from './wire-message.ts';

/** Under this path there is what no API of AWS does: time, load, faults, and a look at what was called. */
const CONTROL = '/_twin';

interface Controlled {
  readonly account: Account;
  readonly pace: Pace;
}

/** `id` is what stands for `*` in the route. */
type Route = (controlled: Controlled, body: string, id: string) => object | Promise<object>;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /_twin': (controlled) => stateOf(controlled),
  'POST /_twin/time': async (controlled, body) => {
    const change = understood(timeChange, body);
    if ('speed' in change) controlled.pace.speed = change.speed;
    else await controlled.pace.advance(change.advanceSeconds * 1_000);
    return stateOf(controlled);
  },
  'GET /_twin/volumes': ({ account }) => account.ebs.volumes.volumes.map(({ id }) => volumeOf(account, id)),
  'POST /_twin/volumes': ({ account }, body) => volumeOf(account, create(account, body)),
  'PUT /_twin/volumes/*/load': ({ account }, body, id) => {
    const { ioKiB, ...demand } = understood(newLoad, body);
    account.ebs.volumes.setWorkload(id, constantDemand({ ...demand, ioBytes: ioKiB * 1_024 }));
    return volumeOf(account, id);
  },
  'POST /_twin/faults': ({ account }, body) => {
    const { when, error, times, ...match } = understood(newFault, body);
    const script = when === 'before' ? account.endpoint.fail : account.endpoint.afterAcceptance;
    script(match, error === undefined ? new NoAnswer('scripted') : serviceError(error), times);
    return { times };
  },
  'DELETE /_twin/faults': ({ account }) => {
    account.endpoint.heal();
    return {};
  },
  'GET /_twin/calls': ({ account }) => account.endpoint.calls,
  'DELETE /_twin/calls': ({ account }) => {
    account.endpoint.forgetCalls();
    return {};
  },
};

/** @returns undefined for a request that is not meant for it */
export async function control(controlled: Controlled, request: WireRequest): Promise<WireAnswer | undefined> {
  const path = request.path.split('?')[0] ?? '';
  if (path !== CONTROL && !path.startsWith(`${CONTROL}/`)) return undefined;
  const [, id = ''] = /^\/_twin\/volumes\/([^/]+)\/load$/.exec(path) ?? [];
  const name = `${request.method} ${id === '' ? path : '/_twin/volumes/*/load'}`;
  const route = ROUTES[name];
  if (route === undefined) {
    return json(404, {
      error: `got ${request.method} ${path}, expected one of ${Object.keys(ROUTES).join(', ')}`,
    });
  }
  try {
    return json(200, await route(controlled, textOf(request.body), id));
  } catch (error) {
    if (error instanceof RangeError || error instanceof ServiceError)
      return json(400, { error: error.message });
    throw error;
  }
}

const json = (status: number, body: object): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body, undefined, 2)}\n`,
});

const stateOf = ({ account, pace }: Controlled): object => ({
  now: new Date(account.simulation.now).toISOString(),
  speed: pace.speed,
  ...account.place,
  volumes: account.ebs.volumes.volumes.length,
  calls: account.endpoint.calls.length,
});

function create({ ebs: { volumes } }: Account, body: string): string {
  const { type, attached, iops, throughput, ...rest } = understood(newVolume, body);
  const { id } = volumes.createVolume({
    volumeType: type,
    ...rest,
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
  });
  if (attached) volumes.attach(id, volumes.createInstance().id);
  return id;
}

function volumeOf({ ebs: { volumes } }: Account, id: string): object {
  const { configuration, physics, lastModification } = volumes.rouse(id);
  return {
    id,
    ...configuration,
    ...(physics.bursts && { burstBalancePercent: physics.balancePercent }),
    ...(lastModification !== undefined && { lastModification: lastModification.state }),
  };
}

const serviceError = ({
  code,
  message,
  status,
}: {
  code: string;
  message: string;
  status: number;
}): ServiceError =>
  new ServiceError(code, message, { httpStatusCode: status, $fault: status < 500 ? 'client' : 'server' });
