import type { Membership } from "../client/index.js";

export const isMuted = (me: Membership | undefined): boolean => me?.mutedUntil !== undefined && Date.parse(me.mutedUntil) > Date.now();
