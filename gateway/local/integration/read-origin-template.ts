/*
 * The one kind of template with code that is simulated: a preflight's, which names the page's own origin instead of the
 * first, if it is one of others (fact 38).
 */

const CONDITION = /^\$origin == "([^"$#]+)"$/;
const TEMPLATE =
  /^#set\(\$origin = \$input\.params\("Origin"\)\)\n#if\(\$origin == ""\) #set\(\$origin = \$input\.params\("origin"\)\) #end\n#if\(([^\n]+)\)\n {2}#set\(\$context\.responseOverride\.header\.Access-Control-Allow-Origin = \$origin\)\n#end$/;

/** The other origins; undefined if the template is another one. */
export const readOriginTemplate = (template: string): string[] | undefined => {
  const [, conditions] = TEMPLATE.exec(template) ?? [];
  const origins = conditions?.split(' || ').map((condition) => CONDITION.exec(condition)?.[1]);
  return origins?.every((origin) => origin !== undefined) ? (origins as string[]) : undefined;
};
