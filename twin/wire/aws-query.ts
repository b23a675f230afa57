import { ServiceError } from '../service-error.ts';
import { parameterTree, readParameters } from './query-parameters.ts';
import type { ServiceModel } from './service-model.ts';
import { faultOf, queryErrorOf } from './told-error.ts';
import { textOf, type WireAnswer, type WireRequest } from './wire-message.ts';
import type { Asked, WireProtocol } from './wire-protocol.ts';
import { type XmlStructure, xml } from './xml.ts';

/**
 * AWS Query and EC2 Query: a form goes in, XML comes out. Sources: smithy.io, "AWS Query protocol" and "AWS EC2 query
 * protocol".
 */
export const awsQuery: WireProtocol = {
  read,
  answer: (model, { name, output: schema }, output, requestId) => {
    const hasResult = !schema.isUnitSchema();
    return ok(model.xmlNamespace, `${name}Response`, {
      members: { ...(hasResult && { [`${name}Result`]: schema }), ResponseMetadata: { RequestId: 0 } },
      value: { [`${name}Result`]: output, ResponseMetadata: { RequestId: requestId } },
    });
  },
  refuse: (model, error, requestId) => {
    const [code, status] = queryErrorOf(model, error);
    const members = { Error: { Type: 0, Code: 0, Message: 0 }, RequestId: 0 } as const;
    const value = {
      Error: { Type: faultOf(error), Code: code, Message: error.message },
      RequestId: requestId,
    };
    return { ...ok(model.xmlNamespace, 'ErrorResponse', { members, value }), status };
  },
};

export const ec2Query: WireProtocol = {
  read,
  answer: (model, { name, output: schema }, output, requestId) =>
    ok(model.xmlNamespace, `${name}Response`, {
      members: { requestId: 0, ...Object.fromEntries(schema.structIterator()) },
      value: { requestId, ...output },
    }),
  refuse: (_model, error, requestId) => {
    const members = { Errors: { Error: { Code: 0, Message: 0 } }, RequestID: 0 } as const;
    const value = {
      Errors: { Error: { Code: error.name, Message: error.message } },
      RequestID: requestId,
    };
    // EC2 tells errors without a namespace (EC2 API reference, "Error codes").
    return { ...ok('', 'Response', { members, value }), status: error.$metadata.httpStatusCode };
  },
};

/**
 * A form is the body of a POST or the query string of a GET.
 * @throws ServiceError `MissingAction`, `InvalidAction`, `InvalidParameterValue`, `UnknownParameter`
 */
async function read(model: ServiceModel, { path, body }: WireRequest): Promise<Asked> {
  const form = new URLSearchParams(body.byteLength > 0 ? textOf(body) : path.split('?')[1]);
  const action = form.get('Action');
  if (action === null) {
    throw new ServiceError('MissingAction', 'The request is missing an action or a required parameter.');
  }
  const operation = model.operations.get(action);
  if (operation === undefined) {
    throw new ServiceError('InvalidAction', `The action ${action} is not valid for this web service.`);
  }
  form.delete('Action');
  form.delete('Version');
  const dialect = model.protocol === 'aws.protocols#ec2Query' ? 'ec2' : 'query';
  return { operation, input: readParameters(operation.input, parameterTree(form), dialect) };
}

function ok(namespace: string, name: string, structure: XmlStructure): WireAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: xml(name, namespace, structure),
  };
}
