/**
 * The domains under which AWS serves its APIs and function URLs, of all its partitions, as the SDK's endpoint rules have them
 * (`dnsSuffix` and `dualStackDnsSuffix`), and the top-level domain that Amazon owns.
 */
const domains = [
  'aws',
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonwebservices.com.cn',
  'amazonaws.eu',
  'amazonwebservices.eu',
  'c2s.ic.gov',
  'aws.ic.gov',
  'sc2s.sgov.gov',
  'aws.scloud',
  'cloud.adc-e.uk',
  'cloud-aws.adc-e.uk',
  'csp.hci.ic.gov',
  'aws.hci.ic.gov',
] as const;

/** Whether a host belongs to AWS itself, such as `sts.eu-west-1.amazonaws.com` or `ID.lambda-url.eu-west-1.on.aws`. */
export function isAwsHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** Whether a host is this machine by its own name or address. Names below `localhost` are not: few resolvers know them. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
