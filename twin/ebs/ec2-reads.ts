import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeVolumeStatusRequest,
  DescribeVolumeStatusResult,
  DescribeVolumesModificationsRequest,
  DescribeVolumesModificationsResult,
  DescribeVolumesRequest,
  DescribeVolumesResult,
  Filter,
} from '@aws-sdk/client-ec2';
import { type Authorise, demandPermission } from '../authorisation.ts';
import { page } from '../paging.ts';
import type { Call, Operation, Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import type { AccountVolumes } from './account-volumes.ts';
import {
  INSTANCE_FILTERS,
  MODIFICATION_FILTERS,
  STATUS_FILTERS,
  VOLUME_FILTERS,
} from './ec2-filter-tables.ts';
import { filtered } from './ec2-filters.ts';
import { instanceShape, modificationShape, statusShape, volumeShape } from './ec2-shapes.ts';
import type { VolumeView } from './volume-view.ts';

interface PagedRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValue', message);

/** API references: 5 to 1,000 a page, 500 for modifications; ids and paging exclude each other. */
function paged<T>(
  all: readonly T[],
  request: PagedRequest,
  ids: readonly string[],
  most: number,
  idName: string,
) {
  const { MaxResults, NextToken } = request;
  if (ids.length > 0 && (MaxResults !== undefined || NextToken !== undefined)) {
    throw new ServiceError(
      'InvalidParameterCombination',
      `The parameter ${idName} cannot be used with the parameter maxResults`,
    );
  }
  if (MaxResults !== undefined && MaxResults < 5) {
    throw invalid(
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value greater than 5.`,
    );
  }
  if (MaxResults !== undefined && MaxResults > most) {
    throw invalid(
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value less than ${most}.`,
    );
  }
  return page(all, MaxResults ?? Number.POSITIVE_INFINITY, NextToken, () =>
    invalid(`Value ( ${NextToken} ) for parameter nextToken is invalid.`),
  );
}

/** One unknown id fails the whole call; an empty list is no list at all. */
function chosen(views: readonly VolumeView[], ids: readonly string[]): readonly VolumeView[] {
  if (ids.length === 0) return views;
  if (ids.length > 1_000) throw invalid('The maximum number of volume IDs is 1000.');
  const known = placesOf(views);
  return ids.map((id) => {
    const view = views[known.get(id) ?? -1];
    if (view === undefined)
      throw new ServiceError('InvalidVolume.NotFound', `The volume '${id}' does not exist.`);
    return view;
  });
}

/** Where each volume stands in a list of views, which stays the same list until something changes. */
const places = new WeakMap<readonly VolumeView[], ReadonlyMap<string, number>>();

function placesOf(views: readonly VolumeView[]): ReadonlyMap<string, number> {
  const known = places.get(views) ?? new Map(views.map(({ id }, place) => [id, place]));
  places.set(views, known);
  return known;
}

/** Those that a `volume-id` filter without wildcards leaves to be looked at, in their order. */
function named(views: readonly VolumeView[], filters: readonly Filter[] = []): readonly VolumeView[] {
  const ids = filters.find(({ Name }) => Name === 'volume-id')?.Values;
  if (ids === undefined || ids.some((id) => /[*?]/.test(id))) return views;
  const wanted = new Set(ids.map((id) => placesOf(views).get(id) ?? -1));
  return [...wanted].sort((a, b) => a - b).flatMap((place) => views[place] ?? []);
}

const PAGING = ['Filters', 'MaxResults', 'NextToken'] as const;

/** What every read needs; `permit` demands `ec2:Describe…`, which has no resource level. */
interface Reads {
  readonly volumes: AccountVolumes;
  readonly permit: (call: Call, name: string) => void;
}

/** The Describe… operations of EC2 that concern volumes. */
export function ec2Reads(volumes: AccountVolumes, authorise: Authorise): Service {
  const permit = ({ principal }: Call, name: string): void =>
    demandPermission(authorise, {
      principal,
      action: `ec2:${name}`,
      resource: '*',
      resourceTags: {},
      requestTags: {},
    });
  const reads = { volumes, permit };
  return {
    DescribeVolumes: describeVolumes(reads),
    DescribeVolumesModifications: describeVolumesModifications(reads),
    DescribeVolumeStatus: describeVolumeStatus(reads),
    DescribeInstances: describeInstances(reads),
  };
}

const describeVolumes = ({
  volumes,
  permit,
}: Reads): Operation<DescribeVolumesRequest, DescribeVolumesResult> => ({
  accepts: ['VolumeIds', ...PAGING],
  run: (request, call) => {
    permit(call, 'DescribeVolumes');
    const ids = request.VolumeIds ?? [];
    const matching = filtered(
      named(chosen(volumes.views(), ids), request.Filters),
      request.Filters,
      VOLUME_FILTERS,
    );
    const { items, ...next } = paged(matching, request, ids, 1_000, 'volumeSet');
    return { Volumes: items.map((view) => volumeShape(view, volumes.place)), ...next };
  },
});

const describeVolumesModifications = ({
  volumes,
  permit,
}: Reads): Operation<DescribeVolumesModificationsRequest, DescribeVolumesModificationsResult> => ({
  accepts: ['VolumeIds', ...PAGING],
  run: (request, call) => {
    permit(call, 'DescribeVolumesModifications');
    const ids = request.VolumeIds ?? [];
    const views = chosen(volumes.views(), ids);
    if (ids.length > 0) demandModified(views);
    const matching = filtered(named(views, request.Filters), request.Filters, MODIFICATION_FILTERS).flatMap(
      (view) =>
        view.modification === undefined ? [] : [modificationShape(view, view.modification, call.at)],
    );
    const { items, ...next } = paged(matching, request, ids, 500, 'volumeSet');
    return { VolumesModifications: [...items], ...next };
  },
});

/** Asked for by id, one volume that was never modified fails the whole call. */
function demandModified(views: readonly VolumeView[]): void {
  const never = views.find(({ modification }) => modification === undefined);
  if (never === undefined) return;
  const message = `Modification for volume '${never.id}' does not exist.`;
  throw new ServiceError('InvalidVolumeModification.NotFound', message);
}

const describeVolumeStatus = ({
  volumes,
  permit,
}: Reads): Operation<DescribeVolumeStatusRequest, DescribeVolumeStatusResult> => ({
  accepts: ['VolumeIds', ...PAGING],
  run: (request, call) => {
    permit(call, 'DescribeVolumeStatus');
    const ids = request.VolumeIds ?? [];
    const matching = filtered(chosen(volumes.views(), ids), request.Filters, STATUS_FILTERS);
    const { items, ...next } = paged(matching, request, ids, 1_000, 'volumeSet');
    return { VolumeStatuses: items.map((view) => statusShape(view, call.at)), ...next };
  },
});

const describeInstances = ({
  volumes,
  permit,
}: Reads): Operation<DescribeInstancesRequest, DescribeInstancesResult> => ({
  accepts: ['InstanceIds', ...PAGING],
  run: (request, call) => {
    permit(call, 'DescribeInstances');
    const ids = request.InstanceIds ?? [];
    const instances = ids.length === 0 ? volumes.instances : ids.map((id) => volumes.instance(id));
    const matching = filtered(instances, request.Filters, INSTANCE_FILTERS);
    const { items, ...next } = paged(matching, request, ids, 1_000, 'instancesSet');
    const views = volumes.views();
    return {
      Reservations: items.map((instance) => ({
        ReservationId: `r-${instance.id.slice(2)}`,
        OwnerId: volumes.place.account,
        Instances: [instanceShape(instance, views)],
      })),
      ...next,
    };
  },
});
