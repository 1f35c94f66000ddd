import config from './playwright.config.ts';

// `make screenshots`: pictures to look at, no tests.
export default { ...config, testDir: 'pictures', reporter: [['line']], projects: [{ name: 'js' }] } as typeof config;
