import { CborCodec } from '@smithy/core/cbor';
import { notReadable, oldCodeHeader, operationNamed, queryErrorOf, typeOf } from './told-error.ts';
import type { WireAnswer } from './wire-message.ts';
import type { WireProtocol } from './wire-protocol.ts';

const codec = new CborCodec();

/** Smithy RPC v2 CBOR: the operation in the path, CBOR in and out. Source: smithy.io, "Smithy RPC v2 CBOR protocol". */
export const rpcCbor: WireProtocol = {
  read: async (model, { path, body }) => {
    const name = /\/operation\/([^/?]+)/.exec(path)?.[1] ?? '';
    const operation = operationNamed(model, name);
    if (body.byteLength === 0) return { operation, input: {} };
    try {
      return { operation, input: await codec.createDeserializer().read(operation.input, body) };
    } catch (error) {
      throw notReadable(error);
    }
  },
  answer: (_model, operation, output) => cborAnswer(operation.output, output),
  refuse: (model, error) => {
    // 15: a document, of which CBOR needs no schema.
    const answer = cborAnswer(15, { __type: typeOf(model, error), message: error.message });
    return {
      ...answer,
      status: queryErrorOf(model, error)[1],
      headers: { ...answer.headers, ...oldCodeHeader(model, error) },
    };
  },
};

function cborAnswer(
  schema: Parameters<ReturnType<CborCodec['createSerializer']>['write']>[0],
  value: object,
): WireAnswer {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  return {
    status: 200,
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: serializer.flush(),
  };
}
