import { ServiceError } from '../service-error.ts';
import {
  type Configuration,
  DEFAULT_IOPS,
  DEFAULT_THROUGHPUT,
  GP3_THROUGHPUT,
  IOPS,
  isProvisioned,
  type ProvisionedType,
  SIZES_GIB,
  type VolumeType,
} from './volume-types.ts';

/** The attributes of a ModifyVolume request that can change a volume; at least one is given. */
export interface ModificationRequest {
  readonly volumeType: VolumeType | undefined;
  readonly sizeGiB: number | undefined;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
}

const refuse = (code: string, message: string): ServiceError => new ServiceError(code, message);

/**
 * What the volume would become, defaults filled in as the API reference of ModifyVolume says.
 * @throws ServiceError where AWS refuses the combination; codes and wordings as in errors-overview and as the EBS CSI
 * driver meets them.
 */
export function targetOf(current: Configuration, request: ModificationRequest): Configuration {
  const volumeType = request.volumeType ?? current.volumeType;
  const sizeGiB = request.sizeGiB ?? current.sizeGiB;
  demandSize(volumeType, sizeGiB, current.sizeGiB);
  if (!isProvisioned(volumeType)) {
    refuseUnsold(volumeType, request);
    return { volumeType, sizeGiB };
  }
  const isSame = volumeType === current.volumeType;
  const iops = request.iops ?? (isSame ? current.iops : undefined) ?? DEFAULT_IOPS;
  demandIops(volumeType, iops, sizeGiB);
  if (volumeType !== 'gp3') {
    if (request.throughput !== undefined) throw throughputNotSold(volumeType);
    return { volumeType, sizeGiB, iops };
  }
  const throughput = request.throughput ?? (isSame ? current.throughput : undefined) ?? DEFAULT_THROUGHPUT;
  demandThroughput(throughput, iops);
  return { volumeType, sizeGiB, iops, throughput };
}

function demandSize(volumeType: VolumeType, sizeGiB: number, currentGiB: number): void {
  if (sizeGiB < currentGiB) {
    throw refuse('InvalidParameterValue', 'New size cannot be smaller than existing size');
  }
  const { minimum, maximum } = SIZES_GIB[volumeType];
  if (sizeGiB < minimum) {
    throw refuse(
      'InvalidParameterValue',
      `Volume of ${sizeGiB}GiB is too small for volume type ${volumeType}; minimum is ${minimum}GiB`,
    );
  }
  if (sizeGiB > maximum) {
    throw refuse(
      'InvalidParameterValue',
      `Volume of ${sizeGiB}GiB is too large for volume type ${volumeType}; maximum is ${maximum}GiB`,
    );
  }
}

function refuseUnsold(volumeType: VolumeType, request: ModificationRequest): void {
  if (request.iops !== undefined) {
    throw refuse(
      'InvalidParameterCombination',
      `The parameter iops is not supported for ${volumeType} volumes.`,
    );
  }
  if (request.throughput !== undefined) throw throughputNotSold(volumeType);
}

const throughputNotSold = (volumeType: VolumeType): ServiceError =>
  refuse(
    'InvalidParameterCombination',
    `The parameter throughput is not supported for ${volumeType} volumes.`,
  );

function demandIops(volumeType: ProvisionedType, iops: number, sizeGiB: number): void {
  const { minimum, maximum, perGiB } = IOPS[volumeType];
  if (iops < minimum) {
    throw refuse('InvalidParameterValue', `Volume iops of ${iops} is too low; minimum is ${minimum}.`);
  }
  if (volumeType === 'io2' && (iops > maximum || iops > perGiB * sizeGiB)) {
    throw refuse(
      'InvalidParameterCombination',
      'io2 volumes configured with greater than 64 TiB or 256K IOPS or 1000:1 IOPS:GB ratio are not supported.',
    );
  }
  if (iops > maximum) {
    throw refuse('InvalidParameterValue', `Volume iops of ${iops} is too high; maximum is ${maximum}.`);
  }
  // gp3's minimum of 3,000 is included at every size, below the 6 GiB that the ratio would ask for (general-purpose).
  if (iops > Math.max(volumeType === 'gp3' ? minimum : 0, perGiB * sizeGiB)) {
    throw refuse(
      'InvalidParameterValue',
      `Iops to volume size ratio of ${(iops / sizeGiB).toFixed(6)} is too high; maximum is ${perGiB}.000000`,
    );
  }
}

function demandThroughput(throughput: number, iops: number): void {
  const { minimum, maximum, perIops } = GP3_THROUGHPUT;
  if (throughput < minimum) {
    throw refuse(
      'InvalidParameterValue',
      `Volume throughput of ${throughput} is too low; minimum is ${minimum}.`,
    );
  }
  if (throughput > maximum) {
    throw refuse(
      'InvalidParameterValue',
      `Volume throughput of ${throughput} is too high; maximum is ${maximum}.`,
    );
  }
  if (throughput > perIops * iops) {
    throw refuse(
      'InvalidParameterValue',
      `Throughput (MiBps) to iops ratio of ${(throughput / iops).toFixed(6)} is too high; maximum is 0.250000 MiBps per iops.`,
    );
  }
}
