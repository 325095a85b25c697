/**
 * A laptop, far from where the factory runs: set to German, and in a time zone in which it is another day.
 * Which zone that is depends on the hour, because there is none that is always on another day.
 */
export function foreignLaptop(now = new Date()): Readonly<Record<string, string>> {
  const isMorning = now.getUTCHours() < 11;
  return { LANG: 'de_DE.UTF-8', TZ: isMorning ? 'Etc/GMT+12' : 'Pacific/Kiritimati', PATH: process.env['PATH'] ?? '' };
}
