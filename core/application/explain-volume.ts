import type { OpenCase } from '../domain/cases/case.ts';
import { type Explanation, explain } from '../domain/explaining/explanation.ts';
import { unsaid } from '../domain/look-at.ts';
import type { VolumeId } from '../domain/volume.ts';
import { type ObservePorts, type ObserveSettings, observe } from './observe.ts';

export type Explained =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  /** EC2 does not describe it. */
  | { readonly kind: 'gone'; readonly openCase: OpenCase | undefined };

/** What `respond` would decide if the volume's alarm woke it this moment, and why. Writes nothing. */
export async function explainVolume(
  volumeId: VolumeId,
  settings: ObserveSettings,
  ports: ObservePorts,
): Promise<Explained> {
  const { observed } = await observe([{ volumeId, opensCases: 'may-open', mute: unsaid }], settings, ports);
  const [seen] = observed;
  if (seen?.kind !== 'situation')
    return { kind: 'gone', openCase: seen?.kind === 'gone' ? seen.openCase : undefined };
  const rules = { policy: seen.policy, prices: settings.prices };
  return { kind: 'explained', explanation: explain(seen.situation, rules) };
}
