import { politePace } from '../../core/application/assess/polite-pace.ts';
import { readHistory } from '../../core/application/assess/read-history.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import { days } from '../../core/domain/units.ts';
import { accountName } from '../commands/assess-access.ts';
import { forgottenHistory } from '../history/save-recording.ts';
import { assessDemoAccount } from './assess-account.ts';

/** What assess reads of its simulated account, as --save would keep it. @throws Error where not everything could be read */
export async function demoRecording(length: number): Promise<Recording> {
  const { access, now, sleep } = await assessDemoAccount(length);
  const region = (await access.homeRegion()) ?? 'us-east-1';
  const { account, volumes, reader } = await access.region(region);
  const history = await readHistory(
    {
      clock: { now },
      volumes,
      reader,
      pace: politePace({ now }, sleep),
      store: forgottenHistory,
      explain: access.explain,
      show: () => undefined,
      signal: new AbortController().signal,
    },
    days(length),
  );
  const [failed] = history.failed;
  if (history.stopped !== undefined || failed !== undefined)
    throw new Error(`the simulated account could not be read: ${failed?.why ?? history.stopped?.kind}`);
  const { from, until } = history.walk;
  return {
    account: accountName(account),
    region,
    from,
    until,
    volumes: history.kept.map(({ recorded }) => recorded),
  };
}
