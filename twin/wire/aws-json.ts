import type { $Codec } from '@smithy/types';
import type { ServiceError } from '../service-error.ts';
import type { ServiceModel } from './service-model.ts';
import { notReadable, oldCodeHeader, operationNamed, queryErrorOf, typeOf } from './told-error.ts';
import { textOf, type WireAnswer } from './wire-message.ts';
import type { WireProtocol } from './wire-protocol.ts';

/**
 * AWS JSON 1.0 and 1.1: the operation in a header, JSON in and out. Source: smithy.io, "AWS JSON 1.0 protocol".
 */
export const awsJson: WireProtocol = {
  read: async (model, { headers, body }) => {
    const name = headers['x-amz-target']?.replace(`${model.target}.`, '') ?? '';
    const operation = operationNamed(model, name);
    try {
      const input = await codecOf(model).createDeserializer().read(operation.input, textOf(body));
      return { operation, input };
    } catch (error) {
      throw notReadable(error);
    }
  },
  answer: (model, operation, output) =>
    jsonAnswer(model, operation.output.isUnitSchema() ? '{}' : written(model, operation.output, output)),
  refuse: (model, error) => {
    const { headers, body } = jsonAnswer(model, errorBody(model, error));
    return {
      status: queryErrorOf(model, error)[1],
      headers: { ...headers, ...oldCodeHeader(model, error) },
      body,
    };
  },
};

/** @throws Error for a service that never speaks JSON */
export function codecOf({ serviceId, jsonCodec }: ServiceModel): $Codec<Uint8Array, string> {
  if (jsonCodec === undefined) throw new Error(`${serviceId} does not speak JSON`);
  return jsonCodec;
}

type Schema =
  ServiceModel['operations'] extends ReadonlyMap<string, { readonly output: infer S }> ? S : never;

/** As JSON in the way this service writes times, bytes and numbers. */
export function written(model: ServiceModel, schema: Schema, value: object): string {
  const serializer = codecOf(model).createSerializer();
  serializer.write(schema, value);
  const text: string | Uint8Array = serializer.flush();
  return typeof text === 'string' ? text : textOf(text);
}

/** With the details that the error's shape has, such as the reasons of a cancelled transaction. */
export function errorBody(model: ServiceModel, error: ServiceError): string {
  const known = model.error(error.name);
  const told = Object.assign(Object.create(error) as object, {
    Message: error.message,
    message: error.message,
  });
  const details: object = known === undefined ? {} : JSON.parse(written(model, known.schema, told));
  return JSON.stringify({
    __type: typeOf(model, error),
    message: error.message,
    ...details,
  });
}

const jsonAnswer = ({ protocol }: ServiceModel, body: string): WireAnswer => ({
  status: 200,
  headers: { 'content-type': `application/x-amz-json-${protocol.endsWith('1') ? '1.1' : '1.0'}` },
  body,
});
