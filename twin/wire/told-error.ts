import { ServiceError } from '../service-error.ts';
import type { OperationModel, ServiceModel } from './service-model.ts';

/** Code and status in the Query protocol: the code on the wire is not always the name that the SDK gives the error. */
export function queryErrorOf(model: ServiceModel, error: ServiceError): readonly [string, number] {
  const known = model.error(error.name);
  return known?.queryError ?? [error.name, known?.status ?? error.$metadata.httpStatusCode];
}

/** What a service that once spoke Query goes on saying in a header (smithy.io, "AWS Query Compatible Trait"). */
export function oldCodeHeader(model: ServiceModel, error: ServiceError): Readonly<Record<string, string>> {
  if (!model.isQueryCompatible) return {};
  return { 'x-amzn-query-error': `${queryErrorOf(model, error)[0]};${faultOf(error)}` };
}

export const faultOf = ({ $fault }: ServiceError): 'Sender' | 'Receiver' =>
  $fault === 'client' ? 'Sender' : 'Receiver';

/** With its namespace, where the service's model has a shape of that name. */
export const typeOf = (model: ServiceModel, { name }: ServiceError): string =>
  model.error(name) === undefined ? name : `${model.shapeNamespace}#${name}`;

/** @throws ServiceError `UnknownOperationException` */
export function operationNamed(model: ServiceModel, name: string): OperationModel {
  const operation = model.operations.get(name);
  if (operation !== undefined) return operation;
  throw new ServiceError('UnknownOperationException', `${model.serviceId} has no operation ${name}`);
}

export const notReadable = (error: unknown): ServiceError =>
  new ServiceError('SerializationException', error instanceof Error ? error.message : String(error));
