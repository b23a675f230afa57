import { ServiceError } from '../service-error.ts';
import { codecOf, errorBody, written } from './aws-json.ts';
import type { OperationModel, ServiceModel } from './service-model.ts';
import { notReadable, queryErrorOf } from './told-error.ts';
import { textOf } from './wire-message.ts';
import type { WireProtocol } from './wire-protocol.ts';

/**
 * REST with JSON, as Lambda speaks it: members in path and query, the rest in the body. Source: smithy.io, "AWS REST JSON
 * 1.0 protocol". Members in headers are not read, because no operation that is imitated has one.
 */
export const restJson: WireProtocol = {
  read: async (model, { method, path, body }) => {
    const [pathname = '', query] = path.split('?');
    const found = match(model, method, pathname);
    if (found === undefined) {
      throw new ServiceError('UnknownOperationException', `${model.serviceId} has no ${method} ${pathname}`, {
        httpStatusCode: 404,
      });
    }
    const { operation, labels } = found;
    try {
      const labelled = Object.entries(labels).map(([name, text]) => [name, decodeURIComponent(text)]);
      const inBody = await codecOf(model).createDeserializer().read(operation.input, textOf(body));
      return {
        operation,
        input: {
          ...inBody,
          ...queried(operation, new URLSearchParams(query)),
          ...Object.fromEntries(labelled),
        },
      };
    } catch (error) {
      throw notReadable(error);
    }
  },
  answer: (model, operation, output) => ({
    status: operation.http?.[2] ?? 200,
    headers: { 'content-type': 'application/json' },
    body: operation.output.isUnitSchema() ? '{}' : written(model, operation.output, output),
  }),
  refuse: (model, error) => ({
    status: queryErrorOf(model, error)[1],
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.name },
    body: errorBody(model, error),
  }),
};

interface Match {
  readonly operation: OperationModel;
  /** As they stand in the path, percent-encoded. */
  readonly labels: Readonly<Record<string, string>>;
}

function match({ operations }: ServiceModel, method: string, pathname: string): Match | undefined {
  for (const operation of operations.values()) {
    const [wanted, template] = operation.http ?? [];
    if (wanted !== method || template === undefined) continue;
    const found = new RegExp(`^${template.split('?')[0]?.replace(/\{(\w+)\+?\}/g, '(?<$1>[^/]+)')}/?$`).exec(
      pathname,
    );
    if (found !== null) return { operation, labels: found.groups ?? {} };
  }
  return undefined;
}

const queried = ({ input }: OperationModel, parameters: URLSearchParams): Readonly<Record<string, string>> =>
  input.isUnitSchema()
    ? {}
    : Object.fromEntries(
        [...input.structIterator()].flatMap(([name, member]) => {
          const { httpQuery } = member.getMergedTraits();
          const value = httpQuery === undefined ? null : parameters.get(httpQuery);
          return value === null ? [] : [[name, value]];
        }),
      );
