import { PutMetricAlarmInput$ } from '@aws-sdk/client-cloudwatch';
import { DescribeVolumesRequest$, ModifyVolumeRequest$ } from '@aws-sdk/client-ec2';
import { PublishInput$, SetSMSAttributesInput$ } from '@aws-sdk/client-sns';
import { AwsEc2QueryProtocol, AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { fc, test } from '@fast-check/vitest';
import { NormalizedSchema } from '@smithy/core/schema';
import type { $Schema } from '@smithy/types';
import { describe, expect } from 'vitest';
import { parameterTree, type QueryDialect, readParameters } from '../../../twin/wire/query-parameters.ts';

const options = { defaultNamespace: 'com.amazonaws.any', xmlNamespace: '', version: '1' };

class QueryWriter extends AwsQueryProtocol {
  form(schema: $Schema, input: object): string {
    this.serializer.write(schema, input);
    return String(this.serializer.flush());
  }
}

class Ec2QueryWriter extends AwsEc2QueryProtocol {
  form(schema: $Schema, input: object): string {
    this.serializer.write(schema, input);
    return String(this.serializer.flush());
  }
}

const writers = { query: new QueryWriter(options), ec2: new Ec2QueryWriter(options) };

/** As the SDK writes it and the twin reads it. */
function sent(dialect: QueryDialect, schema: $Schema, input: object): object {
  const form = new URLSearchParams(writers[dialect].form(schema, input));
  return readParameters(NormalizedSchema.of(schema), parameterTree(form), dialect);
}

const text = fc.string({ unit: 'grapheme', minLength: 1 });
const texts = fc.array(text, { minLength: 1, maxLength: 12 });
const whole = fc.integer();

describe('what the SDK writes is read as it was given', () => {
  test.prop([
    fc.array(fc.record({ Name: text, Values: texts }), { minLength: 1, maxLength: 12 }),
    texts,
    whole,
  ])('lists in EC2’s dialect', (Filters, VolumeIds, MaxResults) => {
    const input = { Filters, VolumeIds, MaxResults };
    expect(sent('ec2', DescribeVolumesRequest$, input)).toEqual(input);
  });

  test.prop([text, fc.boolean(), whole])('numbers and truth values', (VolumeId, DryRun, Iops) => {
    const input = { VolumeId, DryRun, Iops };
    expect(sent('ec2', ModifyVolumeRequest$, input)).toEqual(input);
  });

  test.prop([fc.dictionary(text, text, { minKeys: 1, noNullPrototype: true })])('maps', (attributes) => {
    const input = { attributes };
    expect(sent('query', SetSMSAttributesInput$, input)).toEqual(input);
  });

  test.prop([
    text,
    fc.dictionary(text, fc.record({ DataType: text, BinaryValue: fc.uint8Array({ minLength: 1 }) }), {
      minKeys: 1,
      noNullPrototype: true,
    }),
  ])('maps of structures, and bytes', (Message, MessageAttributes) => {
    const input = { Message, MessageAttributes };
    expect(sent('query', PublishInput$, input)).toEqual(input);
  });

  test.prop([text, texts, fc.double({ noNaN: true, noDefaultInfinity: true })])(
    'lists in the plain dialect',
    (AlarmName, AlarmActions, Threshold) => {
      const input = { AlarmName, AlarmActions, Threshold, Dimensions: [{ Name: 'a', Value: 'b' }] };
      expect(sent('query', PutMetricAlarmInput$, input)).toEqual({ ...input, Threshold: Threshold + 0 });
    },
  );
});

test('an empty list is one', () => {
  expect(sent('query', PutMetricAlarmInput$, { AlarmActions: [] })).toEqual({ AlarmActions: [] });
});

describe('what is not looked at is refused, as it was sent', () => {
  const read = (dialect: QueryDialect, schema: $Schema, form: string) => () =>
    readParameters(NormalizedSchema.of(schema), parameterTree(new URLSearchParams(form)), dialect);

  test.each([
    ['Filter.1.Colour=red', 'The parameter Filter.1.Colour is not recognized'],
    ['Filter.one.Name=size', 'The parameter Filter.one is not recognized'],
    ['MaxResults.1=5', 'The parameter MaxResults.1 is not recognized'],
    ['VolumeId=vol-0', "Invalid value 'vol-0' for VolumeId. Must be a list, a map or a structure."],
  ])('EC2: %s', (form, message) => {
    expect(read('ec2', DescribeVolumesRequest$, form)).toThrow(message);
  });

  test.each([
    ['Dimensions.1.Name=a', 'The parameter Dimensions.1 is not recognized'],
    ['Dimensions.member.a.Name=a', 'The parameter Dimensions.member.a is not recognized'],
  ])('Query: %s', (form, message) => {
    expect(read('query', PutMetricAlarmInput$, form)).toThrow(message);
  });

  test.each([
    ['attributes.1.key=a', 'The parameter attributes.1 is not recognized'],
    ['attributes.entry.1.name=a', 'The parameter attributes.entry.1.name is not recognized'],
  ])('Query, a map: %s', (form, message) => {
    expect(read('query', SetSMSAttributesInput$, form)).toThrow(message);
  });
});
