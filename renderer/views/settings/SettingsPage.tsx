import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function SettingsPage() {
  return <PageHeader title="SettingsPage" />;
}
