"""Compile the shipped rule packs when a wheel is built, so that no run reads YAML for them."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `compiled.py` and `patterns.bin` beside the rules in the wheel; a mistake in a rule stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled form beside the build, and add it."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            import cleanup
            from cleanup.casting.remarks import lines
            from cleanup.casting.spelling import patterns
            from cleanup.kinds import KINDS
            from cleanup.matching import CASED, FOLDED
            from cleanup.rulebook import COMPILED, PATTERNS, compile_folder, read_folder

            for module in walk_packages(cleanup.__path__, "cleanup."):  # which have patterns of their own
                if not module.name.startswith(("cleanup.cli", "cleanup.__main__")):
                    import_module(module.name)
            labels = read_folder(root / "rules", KINDS).table("labels")
            named = [text for group in ("said", "title", "address") for _, text in patterns(labels, group)]
            extra = [(text, CASED) for text in named] + [(text, FOLDED) for text in lines(labels)]
            module, compiled = compile_folder(root / "rules", KINDS, extra)
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            for name, data in ((COMPILED, module.encode()), (PATTERNS, compiled)):
                target = Path(self.directory) / name
                target.write_bytes(data)
                build_data["force_include"][str(target)] = f"cleanup/rules/{name}"
        finally:
            sys.path.remove(str(root))
