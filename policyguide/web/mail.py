"""Mail that a person is waiting for."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from policyguide.firms.models import Invitation

logger = logging.getLogger(__name__)


def mail_invitation(invitation: Invitation, secret: str) -> bool:
    """Send the link to whom it is for. Whether that worked."""
    path = reverse("invitation", args=[secret])
    context = {"invitation": invitation, "link": f"{settings.SITE_URL}{path}"}
    firm = " ".join(invitation.firm.name.split())
    try:
        send_mail(
            _("An invitation from %(firm)s") % {"firm": firm},
            render_to_string("firms/invitation.txt", context),
            None,
            [invitation.email],
        )
    except (OSError, SMTPException):
        logger.exception("the mail of invitation %s was not sent", invitation.pk)
        return False
    return True
