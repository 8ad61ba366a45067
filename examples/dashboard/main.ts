import { startDashboard } from './start-dashboard.ts';

startDashboard();
