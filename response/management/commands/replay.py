"""`manage.py replay FILE.yaml`: play a storyline through the real actions with a simulated clock."""

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from audit.clock import database_now
from response.replay.catalogue import describe
from response.replay.player import Failed, Player
from response.replay.scratch import scratch_database
from response.replay.stage import set_stage
from response.replay.story import BadStory, Story, load
from response.replay.times import Calendar, read_moment


class Command(BaseCommand):
    """Exit status: 0 as written, 1 otherwise than expected, 2 for a storyline that can't be played."""

    help = "Play a storyline in a scratch database that is gone afterwards, or keep it as a demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="the storyline")
        parser.add_argument(
            "--keep", action="store_true", help="write it, marked as demo (never in production)"
        )
        parser.add_argument("--shift", metavar="now|ISO", help="move the story so that it ends then")
        parser.add_argument("--actions", action="store_true", help="list every action as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["actions"]:
            self.stdout.write(json.dumps(describe(), ensure_ascii=False, indent=2))
            return
        if options["file"] is None:
            raise CommandError("Which storyline? Give a file, or --actions.", returncode=2)
        try:
            story = load(options["file"])
            calendar = self._calendar(story, options["shift"])
            with self._database(keep=options["keep"], story=story, calendar=calendar):
                self._play(story, calendar, alone=not options["keep"])
        except BadStory as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except Failed as failure:
            raise CommandError(str(failure), returncode=1) from failure

    def _calendar(self, story: Story, shift: str | None) -> Calendar:
        if shift is None:
            return story.calendar
        try:
            end = database_now() if shift == "now" else read_moment(shift)
        except ValueError as error:
            raise CommandError(f"--shift {shift!r} is neither now nor an ISO time.", returncode=2) from error
        return story.calendar.moved_to(end, ends=story.ends)

    def _database(self, *, keep: bool, story: Story, calendar: Calendar) -> AbstractContextManager[Any]:
        if not keep:
            return scratch_database()
        if not settings.EMBEDDED:
            raise CommandError(
                "--keep is for the embedded database only: a demo has no place among real incidents."
            )
        if story.ends + calendar.shift > database_now():
            raise CommandError("--keep can't write what has not happened yet; add --shift now.")
        return transaction.atomic()

    def _play(self, story: Story, calendar: Calendar, *, alone: bool) -> None:
        self.stdout.write(story.title)
        set_stage(at=story.steps[0].at + calendar.shift)
        Player(story, calendar, say=self.stdout.write, alone=alone).play()
        self.stdout.write(_("演完，未留下任何数据。") if alone else _("演完，已作为演示数据保存。"))
