import type { ProvisionedType, Volume } from '../domain/volume.ts';
import type { Census } from './ports.ts';

/** What the Region's quotas count: storage and IOPS provisioned per type, attached or not. */
export function provisionedIn(volumes: readonly Volume[]): Census['provisioned'] {
  const totalOf = (type: ProvisionedType) => {
    const own = volumes.filter(({ configuration }) => configuration.type === type);
    return {
      storageGibibytes: own.reduce((total, { size }) => total + size, 0),
      iops: own.reduce(
        (total, { configuration }) => total + ('iops' in configuration ? configuration.iops : 0),
        0,
      ),
    };
  };
  return { gp3: totalOf('gp3'), io1: totalOf('io1'), io2: totalOf('io2') };
}
