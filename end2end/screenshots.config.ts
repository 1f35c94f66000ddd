import config from './playwright.config.ts';

// `make screenshots`: pictures to look at, no tests.
export default { ...config, testDir: 'pictures', reporter: [['line']], use: { ...config.use, actionTimeout: 10_000 }, projects: [{ name: 'js' }] } as typeof config;
