"""Settings of one installation, read from the environment (prefix `CASE_REVIEW_`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are kept and how the server runs.

    `home` holds the database, the store of originals, page images and logs. `database_url` empty
    means SQLite in `home`; any `postgresql+psycopg://` URL moves everything to PostgreSQL.
    `checklists` is the folder of the editions that people score by.
    `shared_store` is a folder that several machines on one PostgreSQL have in common; without it
    originals and page images lie in `home`. A process that runs jobs and was not seen for
    `job_lease_seconds` is dead to the others, which take over what it left.
    `allowed_hosts` names the hosts, comma-separated and without port, under which the server
    answers; requests for any other are refused.
    `key_frames` has the import take up to five small pictures of each video, evenly spread over
    its length, for the case page; videos that were imported before stay without.
    """

    model_config = SettingsConfigDict(env_prefix="CASE_REVIEW_", extra="ignore")

    home: Path = Path("var")
    checklists: Path = Path(__file__).resolve().parents[1] / "checklists"
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8501
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    session_idle_minutes: int = 30
    session_hours: int = 12
    readers: int = 2
    shared_store: Path | None = None
    job_lease_seconds: float = 30
    max_upload_mb: int = 2048
    key_frames: bool = False

    @property
    def url(self) -> str:
        """The database URL that is in force."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'case-review.db'}"

    @property
    def jobs_url(self) -> str:
        """The database of the job engine: its own SQLite file, or the same PostgreSQL."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'jobs.db'}"

    @property
    def store(self) -> Path:
        """Originals and page images, by content hash."""
        return (self.shared_store or self.home / "store").absolute()

    @property
    def is_shared(self) -> bool:
        """Whether several processes and machines may work on the database at once."""
        return not self.url.startswith("sqlite")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
