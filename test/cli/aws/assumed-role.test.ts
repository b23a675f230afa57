import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { assumedRole } from '../../../cli/aws/assumed-role.ts';

afterEach(() => vi.unstubAllEnvs());

const roleArn = 'arn:aws:iam::210987654321:role/reader';
const own = async () => ({ accessKeyId: 'access-key', secretAccessKey: 'secret' });

/** STS as it answers once; gives the form it was sent. */
async function answered(status: number, body: string, ask: () => Promise<void>): Promise<URLSearchParams> {
  let form = '';
  const server = createServer((request, response) => {
    request.on('data', (chunk) => {
      form += chunk;
    });
    request.on('end', () => response.writeHead(status, { 'content-type': 'text/xml' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL_STS', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    await ask();
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return new URLSearchParams(form);
}

const given = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>role-key</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>2026-03-02T09:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

test('takes the role on with its own credentials', async () => {
  const form = await answered(200, given, async () => {
    expect(await assumedRole(roleArn, 'us-east-1', own)()).toEqual({
      accessKeyId: 'role-key',
      secretAccessKey: 'role-secret',
      sessionToken: 'token',
      expiration: new Date('2026-03-02T09:00:00Z'),
    });
  });
  expect([form.get('Action'), form.get('RoleArn')]).toEqual(['AssumeRole', roleArn]);
});

test('lets through why the role cannot be taken on', async () => {
  const denied = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
<Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>`;
  await answered(403, denied, async () => {
    await expect(assumedRole(roleArn, 'us-east-1', own)()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'not authorized to perform: sts:AssumeRole',
    });
  });
});
