/** Every command: how it is called and what it does. Its file is loaded when it is asked for, and with it what it needs. */
import { type Command, Help } from "commander";

interface CommandEntry {
  /** As the list of commands shows it. */
  usage: string;
  summary: string;
  /** Completes a command by its arguments, options and action. */
  load(): Promise<(command: Command) => void>;
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  energy: {
    usage: "energy [options] <molecule>",
    summary: "energy of a molecule given as an XYZ file or as SMILES",
    load: async () => (await import("./commands/energy.ts")).completeEnergy,
  },
  cube: {
    usage: "cube [options] <molecule>",
    summary: "an orbital or a density by Hartree–Fock as a cube file",
    load: async () => (await import("./commands/cube.ts")).completeCube,
  },
  generate: {
    usage: "generate [options]",
    summary: "propose molecules with a shipped or trained model",
    load: async () => (await import("./commands/generate.ts")).completeGenerate,
  },
  model: {
    usage: "model",
    summary: "list, show, take over and train generative models",
    load: async () => (await import("./commands/model.ts")).completeModel,
  },
  screen: {
    usage: "screen [options] [plan]",
    summary: "propose, filter, embed, evaluate and rank molecules; writes notebook and shortlist",
    load: async () => (await import("./commands/screen.ts")).completeScreen,
  },
  notebook: {
    usage: "notebook",
    summary: "look into the notebook, check it, search it, carry it elsewhere",
    load: async () => (await import("./commands/notebook.ts")).completeNotebook,
  },
  export: {
    usage: "export [options] <campaign>",
    summary: "write the candidates of a campaign: structures, a table, a wet-lab sheet or a report",
    load: async () => (await import("./commands/export.ts")).completeExport,
  },
  qpu: {
    usage: "qpu",
    summary: "quantum computers in the cloud: limits, jobs, what they cost and what left this machine",
    load: async () => (await import("./commands/qpu.ts")).completeQpu,
  },
  doctor: {
    usage: "doctor [options]",
    summary: "checks each part of this installation",
    load: async () => (await import("./commands/doctor.ts")).completeDoctor,
  },
  demo: {
    usage: "demo [options]",
    summary: "the main job in under three minutes: propose, filter, embed, evaluate by VQE, rank, write",
    load: async () => (await import("./commands/demo.ts")).completeDemo,
  },
};

/** The command that is run, or whose help is shown; undefined where there is none of that name. */
function asked(words: readonly string[]): string | undefined {
  const [first, second] = words.filter((word) => !word.startsWith("-"));
  return first === "help" ? second : first;
}

/** Adds the commands to a program: the one that is asked for completely, the others as the list of commands shows them. */
export async function addCommands(program: Command, words: readonly string[]): Promise<void> {
  const name = asked(words);
  for (const [each, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(each).description(summary);
    if (each === name) (await load())(command);
  }
  const help = new Help();
  program.configureHelp({
    subcommandTerm: (command) => COMMANDS[command.name()]?.usage ?? help.subcommandTerm(command),
  });
}
