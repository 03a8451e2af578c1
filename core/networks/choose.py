"""Which social networks this installation can look at."""

from typing import Protocol

from core.kit.database import Database
from core.networks import links
from core.networks.errors import NetworkNotConnected, NetworkUnavailable
from core.networks.links import PostLink
from core.networks.places import PLACES
from core.networks.port import SocialNetwork
from core.networks.sandbox import SandboxNetwork
from core.settings import PlayInProduction, Settings


class KnownNetwork(Protocol):
    """A network's class, as the settings name it."""

    name: str
    is_play: bool

    def __call__(self, database: Database, public_url: str) -> SocialNetwork:
        """Open it."""
        ...


NETWORKS: dict[str, KnownNetwork] = {SandboxNetwork.name: SandboxNetwork}
"""Every network that SOCIAL_NETWORKS may name."""


class Networks:
    """The networks of a process by name."""

    def __init__(self, *networks: SocialNetwork, own_address: str = "") -> None:
        """Keep them by the names they give themselves; our own network of play is at `own_address`."""
        self._own_address = own_address
        self._by_name = {network.name: network for network in networks}

    @property
    def play(self) -> bool:
        """Tell whether there is a network of play among them."""
        return any(network.is_play for network in self._by_name.values())

    def sandbox(self) -> SandboxNetwork:
        """Return the network of play, with what only play allows. Raises NetworkUnavailable."""
        for network in self._by_name.values():
            if isinstance(network, SandboxNetwork):
                return network
        raise NetworkUnavailable

    def recognise(self, link: str) -> PostLink:
        """Return a link as what it is, written anew: of a post that can be looked at, or shown by a picture.

        Raises:
            LinkNotOfThisNetwork: for anything that is no link to a post.
            NetworkNotConnected: for a network without a door in this installation.
        """
        found = links.recognise(link, self._own_address)
        if found.network not in self._by_name and not found.by_picture:
            title = next((place.title for place in PLACES if place.platform == found.network), found.network)
            raise NetworkNotConnected(network=title)
        return found

    def of_link(self, link: str) -> SocialNetwork:
        """Return the network that a post is on.

        Raises:
            LinkNotOfThisNetwork: for anything that is no link to a post.
            NetworkUnavailable: for a network that is not connected any more.
        """
        network = self._by_name.get(links.recognise(link, self._own_address).network)
        if network is None:
            raise NetworkUnavailable
        return network


def check(settings: Settings) -> None:
    """Raise PlayInProduction where production would take posts on a network of play for real."""
    if settings.environment == "production" and NETWORKS[settings.social_networks].is_play:
        raise PlayInProduction("SOCIAL_NETWORKS", settings.social_networks)


def choose(settings: Settings, database: Database) -> Networks:
    """Return the networks that the settings name. Raises PlayInProduction as `check` does."""
    check(settings)
    return Networks(
        NETWORKS[settings.social_networks](database, settings.public_url), own_address=settings.public_url
    )
