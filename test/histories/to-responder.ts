import { ServiceError } from '../../twin/service-error.ts';
import { lambdaNamed } from '../scenarios/lambdas.ts';
import { minute } from '../scenarios/responder-account.ts';
import type { Doing } from './doing.ts';
import type { World } from './world.ts';

/** What goes wrong in our own functions and in the calls they make. */
export const toResponder: Doing<'crash' | 'skew' | 'stall' | 'cut reply' | 'fail call'> = {
  crash: ({ responder, performed }, { lambda, moment, call }) => {
    const { functions } = responder.account;
    const name = lambdaNamed(responder, lambda);
    functions.crash(name, moment === 'before' ? { before: call } : { after: call });
    // Each planned crash ends one run: as many of a Lambda's crashes struck as there are runs that died.
    const planned = performed.filter(({ step }) => step.kind === 'crash' && step.lambda === lambda).length;
    return () =>
      functions.log.filter(({ functionName, outcome }) => functionName === name && outcome.kind === 'crashed')
        .length >= planned;
  },
  skew: ({ responder, skews }, { lambda, minutes }) => {
    const name = lambdaNamed(responder, lambda);
    const before = skews.get(name) ?? 0;
    skews.set(name, minutes * minute);
    return before !== minutes * minute;
  },
  stall: ({ responder }, { lambda, seconds }) => {
    const settings = responder.account.functions.settings(lambdaNamed(responder, lambda));
    const before = settings.callLatency;
    settings.callLatency = seconds * 1_000;
    return before !== settings.callLatency;
  },
  'cut reply': (world, { operation, times }) => {
    const taken = takenBy(world);
    world.responder.account.endpoint.afterAcceptance(
      { operation, input: taken.count },
      brokenConnection(),
      times,
    );
    return taken.any;
  },
  'fail call': (world, { operation, error, times }) => {
    const taken = takenBy(world);
    world.responder.account.endpoint.fail({ operation, input: taken.count }, errorNamed(error), times);
    return taken.any;
  },
};

/** The endpoint asks for the input last, of a call that fits in all else and now takes the fault. */
function takenBy(world: World): { readonly count: () => true; readonly any: () => boolean } {
  let calls = 0;
  return {
    count: () => {
      calls += 1;
      world.faultsTaken += 1;
      return true;
    },
    any: () => calls > 0,
  };
}

const brokenConnection = (): Error => new Error('socket hang up');

/** AWS's own faults; all else is a refusal of the request. */
const faults: Readonly<Record<string, number>> = {
  RequestLimitExceeded: 503,
  InternalError: 500,
  ServiceUnavailable: 503,
};
const denials: ReadonlySet<string> = new Set(['UnauthorizedOperation', 'AccessDeniedException']);

const errorNamed = (name: string): Error =>
  name === 'a broken connection'
    ? brokenConnection()
    : new ServiceError(name, `${name}, as this history wants it.`, {
        httpStatusCode: faults[name] ?? (denials.has(name) ? 403 : 400),
      });
