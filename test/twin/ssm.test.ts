import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { connect } from '../../twin/connect.ts';
import { createEndpoint } from '../../twin/endpoint.ts';
import { Simulation } from '../../twin/simulation.ts';
import { Parameters, ssmService } from '../../twin/ssm.ts';

function parametersUnderTest() {
  const simulation = new Simulation(0);
  const parameters = new Parameters({ simulation, accountId: '123456789012', region: 'eu-central-1' });
  const endpoint = createEndpoint({ services: { SSM: ssmService(parameters) }, simulation });
  const client = connect(new SSMClient({ region: 'eu-central-1' }), endpoint, 'respond');
  const get = async (Name: string, WithDecryption?: boolean) =>
    (await client.send(new GetParameterCommand({ Name, ...(WithDecryption && { WithDecryption }) })))
      .Parameter;
  return { parameters, get };
}

test('a parameter is read with the value it has now', async () => {
  const { parameters, get } = parametersUnderTest();
  parameters.put('/ebs-burst/switch', 'run');
  parameters.put('/ebs-burst/switch', 'stop');
  expect(await get('/ebs-burst/switch')).toMatchObject({ Value: 'stop', Version: 2, Type: 'String' });
});

test('a missing parameter is not an empty one', async () => {
  const { get } = parametersUnderTest();
  await expect(get('/nope')).rejects.toBeInstanceOf(ParameterNotFound);
});

test('a SecureString is read with decryption, and not imitated without', async () => {
  const { parameters, get } = parametersUnderTest();
  parameters.put('/token', 'secret', 'SecureString');
  expect(await get('/token', true)).toMatchObject({ Value: 'secret' });
  await expect(get('/token')).rejects.toThrow(
    'SSM:GetParameter of SecureString /token without WithDecryption',
  );
});

test('creating a fixed name twice fails, as a second deployment would', () => {
  const { parameters } = parametersUnderTest();
  parameters.create('/ebs-burst/switch', 'run', 'String');
  expect(() => parameters.create('/ebs-burst/switch', 'run', 'String')).toThrow(
    'The parameter already exists: /ebs-burst/switch',
  );
});
