/** Locale and time zone are whatever the machine has: those of a laptop here, those of Lambda there. */
export const inheritedEnvironment: Readonly<Record<string, string>> = {};
