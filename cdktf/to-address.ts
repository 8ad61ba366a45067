import type { TerraformResource } from 'cdktf';
import { TerraformDataSource } from 'cdktf';

/**
 * The address of a resource or data source as plain text, for an expression with several. CDKTF writes a token such as
 * `fqn` right only if it is the first in an expression.
 */
export const toAddress = (element: TerraformResource | TerraformDataSource): string => {
  const address = `${element.terraformResourceType}.${element.friendlyUniqueId}`;
  return element instanceof TerraformDataSource ? `data.${address}` : address;
};
