import { ServiceError } from '../../twin/service-error.ts';
import { lambdaNamed } from '../scenarios/lambdas.ts';
import { minute } from '../scenarios/responder-account.ts';
import type { Doing } from './doing.ts';

/** What goes wrong in our own functions and in the calls they make. */
export const toResponder: Doing<'crash' | 'skew' | 'stall' | 'cut reply' | 'fail call'> = {
  crash: ({ responder }, { lambda, moment, call }) =>
    responder.account.functions.crash(
      lambdaNamed(responder, lambda),
      moment === 'before' ? { before: call } : { after: call },
    ),
  skew: ({ responder, skews }, { lambda, minutes }) => {
    skews.set(lambdaNamed(responder, lambda), minutes * minute);
  },
  stall: ({ responder }, { lambda, seconds }) => {
    responder.account.functions.settings(lambdaNamed(responder, lambda)).callLatency = seconds * 1_000;
  },
  'cut reply': ({ responder }, { operation, times }) =>
    responder.account.endpoint.afterAcceptance({ operation }, brokenConnection(), times),
  'fail call': ({ responder }, { operation, error, times }) =>
    responder.account.endpoint.fail({ operation }, errorNamed(error), times),
};

const brokenConnection = (): Error => new Error('socket hang up');

const statusCodes: Readonly<Record<string, number>> = {
  RequestLimitExceeded: 503,
  ThrottlingException: 400,
  UnauthorizedOperation: 403,
  AccessDeniedException: 403,
};

const errorNamed = (name: string): Error =>
  name === 'a broken connection'
    ? brokenConnection()
    : new ServiceError(name, `${name}, as this history wants it.`, {
        httpStatusCode: statusCodes[name] ?? 500,
      });
