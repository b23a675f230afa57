import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { assumedRole } from '../../../cli/aws/assumed-role.ts';
import { concernsEveryRegion, failureWords } from '../../../cli/commands/failure-words.ts';
import { accessFailureOf } from '../../../lambda/adapters/access-failure.ts';

afterEach(() => vi.unstubAllEnvs());

const roleArn = 'arn:aws:iam::210987654321:role/reader';
const own = async () => ({ accessKeyId: 'access-key', secretAccessKey: 'secret' });

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** STS as it answers each action; gives the forms it was sent. */
async function answered(
  answers: Readonly<Record<string, Answer>>,
  ask: () => Promise<void>,
): Promise<readonly URLSearchParams[]> {
  const forms: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let sent = '';
    request.on('data', (chunk) => {
      sent += chunk;
    });
    request.on('end', () => {
      const form = new URLSearchParams(sent);
      forms.push(form);
      const { status, body } = answers[form.get('Action') ?? ''] ?? {
        status: 403,
        body: denied('no such action here'),
      };
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL_STS', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    await ask();
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return forms;
}

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
const failed = (code: string, message: string): string =>
  `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
const denied = (message: string): string => failed('AccessDenied', message);

const given = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>role-key</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>2026-03-02T09:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const caller = `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ana</Arn>
<UserId>AIDA0000000000000000A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

test('takes the role on with its own credentials', async () => {
  const forms = await answered({ AssumeRole: { status: 200, body: given } }, async () => {
    expect(await assumedRole(roleArn, 'us-east-1', own)()).toEqual({
      accessKeyId: 'role-key',
      secretAccessKey: 'role-secret',
      sessionToken: 'token',
      expiration: new Date('2026-03-02T09:00:00Z'),
    });
  });
  expect(forms.map((form) => [form.get('Action'), form.get('RoleArn')])).toEqual([['AssumeRole', roleArn]]);
});

const refusal = { status: 403, body: denied('not authorized to perform: sts:AssumeRole') };
const statement = (arn: string) =>
  `{"Effect":"Allow","Principal":{"AWS":"${arn}"},"Action":"sts:AssumeRole"}`;

test('says who may not take on which role, and what would allow it', async () => {
  await answered({ AssumeRole: refusal, GetCallerIdentity: { status: 200, body: caller } }, async () => {
    const error: unknown = await assumedRole(roleArn, 'us-east-1', own)().catch((reason: unknown) => reason);
    const ana = 'arn:aws:iam::123456789012:user/ana';
    const said = `${ana} may not take on ${roleArn} (not authorized to perform: sts:AssumeRole); the role's trust policy needs ${statement(ana)}, and the caller's own policy sts:AssumeRole on ${roleArn}`;
    const failure = accessFailureOf(error, 'ec2:DescribeVolumes');
    expect(failure).toEqual({ kind: 'role-denied', action: 'ec2:DescribeVolumes', said });
    expect(failureWords(failure, 'us-east-1')).toBe(said);
    expect(concernsEveryRegion(failure)).toBe(true);
  });
});

test('says it also where nobody tells who the caller is', async () => {
  await answered({ AssumeRole: refusal }, async () => {
    await expect(assumedRole(roleArn, 'us-east-1', own)()).rejects.toThrow(
      `the caller may not take on ${roleArn} (not authorized to perform: sts:AssumeRole); the role's trust policy needs ${statement('ARN-OF-THE-CALLER')}`,
    );
  });
});

test('does not blame the role for what is wrong with the own credentials', async () => {
  const expired = { status: 403, body: failed('ExpiredToken', 'The security token has expired') };
  await answered({ AssumeRole: expired }, async () => {
    const error: unknown = await assumedRole(roleArn, 'us-east-1', own)().catch((reason: unknown) => reason);
    expect(accessFailureOf(error, 'ec2:DescribeVolumes').kind).toBe('expired');
  });
});
