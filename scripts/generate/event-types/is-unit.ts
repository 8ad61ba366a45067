/*
 * Whether a text is a unit in UCUM (https://ucum.org/ucum, sections 2.1 and 2.2), in its case-sensitive form.
 *
 *   unit   = ["/"] part { ("." | "/") part }
 *   part   = factor [annotation] | annotation
 *   factor = [prefix] atom [exponent] | digits | "(" unit ")"
 *
 * The grammar is whole. The table of atoms is not: it has the SI units, those that UCUM accepts beside them, and the
 * customary ones that sensors report. The maintained library (@lhncbc/ucum-lhc) brings nine packages to answer the same question.
 * A unit that is missing is refused, and added here.
 */

const PREFIXES = 'Y Z E P T G M k h da d c m u n p f a z y Ki Mi Gi Ti'.split(' ');

/** Take a prefix: `mV`, `hPa`. */
const METRIC = new Set(
  (
    'm s g rad K C cd mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv kat ' +
    'L l ar t bar u eV pc B Np B[SPL] B[V] B[W] bit By Bd ' +
    'cal [Btu] st Gal G P St dyn erg Ci R RAD REM Ox Gb Mx ' +
    'g% m[Hg] m[H2O] [iU] [IU] eq osm'
  ).split(' '),
);

/** Take none. */
const PLAIN = new Set(
  (
    "% [ppth] [ppm] [ppb] [pptr] [pH] [pi] 10* 10^ ' '' deg gon min h d wk mo a mo_j a_j mo_g a_g mo_s a_t " +
    '[c] [g] atm att AU [in_i] [ft_i] [yd_i] [mi_i] [nmi_i] [kn_i] [sft_i] [sin_i] [acr_us] [gal_us] [pt_us] [foz_us] ' +
    "[oz_av] [lb_av] [ston_av] [lbf_av] [psi] [HP] [degF] [degR] [degRe] [in_i'Hg] [in_i'H2O] " +
    '[Btu_IT] [Btu_th] cal_IT cal_th [Cal] [mil_i] [cft_i] [bbl_us] [NTU] [FNU] [CFU] [car_m] circ sph bit_s'
  ).split(' '),
);

const ANNOTATION = /^\{[!-z|~]*\}/;

export const isUnit = (text: string): boolean => text.length <= 64 && readUnit(text, 0) === '';

/** Returns what follows the unit; undefined if there is none. */
function readUnit(text: string, depth: number): string | undefined {
  if (depth > 4) return undefined;
  let rest = readPart(text.startsWith('/') ? text.slice(1) : text, depth);
  while (rest !== undefined && /^[./]/.test(rest)) rest = readPart(rest.slice(1), depth);
  return rest;
}

function readPart(text: string, depth: number): string | undefined {
  if (ANNOTATION.test(text)) return text.replace(ANNOTATION, '');
  return readFactor(text, depth)?.replace(ANNOTATION, '');
}

function readFactor(text: string, depth: number): string | undefined {
  if (text.startsWith('(')) {
    const rest = readUnit(text.slice(1), depth + 1);
    return rest?.startsWith(')') ? rest.slice(1) : undefined;
  }
  const [symbol = ''] = /^(?:\[[^\]\s]*\]|[^\s./(){}[\]+-])+/.exec(text) ?? [];
  const rest = text.slice(symbol.length);
  if (/^[1-9]\d*$/.test(symbol)) return rest;
  if (isAtom(symbol)) return rest.replace(/^[+-]\d+/, '');
  const [, atom = ''] = /^(.*?)\d+$/.exec(symbol) ?? [];
  return isAtom(atom) ? rest : undefined;
}

const isAtom = (symbol: string): boolean =>
  METRIC.has(symbol) ||
  PLAIN.has(symbol) ||
  PREFIXES.some((prefix) => symbol.startsWith(prefix) && METRIC.has(symbol.slice(prefix.length)));
