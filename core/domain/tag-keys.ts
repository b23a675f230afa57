/** Written by people and infrastructure code. */
export const modeTagKey = 'ebs-burst:mode';
export const targetTagKey = 'ebs-burst:target';
export const tierTagKey = 'ebs-burst:tier';

/** Everything we may write on a volume starts with this; the act selector may not. */
export const stateTagPrefix = 'ebs-burst:state';
/** `<case id>#<version>` */
export const stateTagKey = `${stateTagPrefix}`;
/** The configuration to go back to, e.g. `gp2`. */
export const stateWasTagKey = `${stateTagPrefix}-was`;
/** ISO time of the request. */
export const stateAtTagKey = `${stateTagPrefix}-at`;
