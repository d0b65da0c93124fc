"""Compile the shipped rule packs when a wheel is built, so that no run reads YAML for them."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `cleanup/rules/compiled.py` into the wheel; a mistake in a rule stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled form beside the build, and add it."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from cleanup.casting.remarks import lines
            from cleanup.casting.spelling import patterns
            from cleanup.kinds import KINDS
            from cleanup.rulebook import COMPILED, compile_folder, read_folder

            target = Path(self.directory) / COMPILED
            target.parent.mkdir(parents=True, exist_ok=True)
            labels = read_folder(root / "rules", KINDS).table("labels")
            extra = [text for group in ("said", "title", "address") for _, text in patterns(labels, group)]
            extra += lines(labels)
            target.write_text(compile_folder(root / "rules", KINDS, extra), "utf-8")
        finally:
            sys.path.remove(str(root))
        build_data["force_include"][str(target)] = f"cleanup/rules/{COMPILED}"
